import type { ReactNode } from "react";
import type { PageProps } from "../../app/page.ts";
import { Go } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { Empty } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { KeysSection } from "./keys-section.tsx";
import { MembersSection } from "./members-section.tsx";
import { QueuesSection } from "./queues-section.tsx";
import "./settings.css";

interface SectionOfSettings {
  readonly id: string;
  readonly title: string;
  readonly needs: "list-members" | "list-queues" | "list-keys";
  show(): ReactNode;
}

const SECTIONS: readonly SectionOfSettings[] = [
  { id: "members", title: "Members and roles", needs: "list-members", show: () => <MembersSection /> },
  { id: "queues", title: "Queues", needs: "list-queues", show: () => <QueuesSection /> },
  { id: "keys", title: "API keys", needs: "list-keys", show: () => <KeysSection /> },
];

/** What holds for the whole team; what one person sets for themselves is on their own page. */
export default function SettingsPage({ params: { section } }: PageProps) {
  const me = useMe();
  const open = SECTIONS.filter(({ needs }) => me.may(needs));
  const at = section === undefined ? open[0] : open.find(({ id }) => id === section);
  return (
    <>
      <PageHeader title="Settings" tab={`${at?.title ?? "None"} · settings`} />
      <nav className="settings-sections" aria-label="Sections of the settings">
        {open.map((one) =>
          one === at ? (
            <span key={one.id} aria-current="page">
              {one.title}
            </span>
          ) : (
            <Go key={one.id} to={`/settings/${one.id}`}>
              {one.title}
            </Go>
          ),
        )}
        <Go to="/me">Appearance and wellbeing</Go>
      </nav>
      {at ? (
        at.show()
      ) : (
        <Empty title="Your role does not open this section" action={<Go to="/settings">Go to what it opens</Go>} />
      )}
    </>
  );
}
