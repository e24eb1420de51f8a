import { SafeInline, SafeText } from "../../parts/safe-text.tsx";
import { Shielded } from "../../parts/shielded.tsx";
import type { CaseRecord } from "./case-record.ts";
import { MediaList } from "./media-list.tsx";
import { PlatformLink } from "./platform-link.tsx";

type Parent = NonNullable<NonNullable<CaseRecord["thread"]>["parent"]>;

const WITHHELD: Readonly<Record<NonNullable<Parent["withheld"]>, string>> = {
  unknown: "It answers an item that was never handed in here.",
  private: "It answers a private item, whose words are not kept here.",
  not_kept: "It answers an item whose words are not kept any more.",
  role: "It answers an item whose words your role does not see.",
};

/** What the item answers. */
export function ParentItem({ parent, hard }: { readonly parent: Parent; readonly hard: string | undefined }) {
  const { id, text, title, media, link, withheld } = parent;
  return (
    <article className="thread-parent" aria-label="What it answers">
      <h3 className="quiet">
        In answer to <SafeInline text={id} />
      </h3>
      {withheld && <p className="quiet">{WITHHELD[withheld]}</p>}
      {(text || title) && (
        <Shielded kind="text" when={hard !== undefined} what="Words of the same thread are blurred too">
          {title && (
            <p className="thread-title">
              <SafeInline text={title} />
            </p>
          )}
          {text && <SafeText text={text} />}
        </Shielded>
      )}
      <MediaList media={media ?? []} />
      {link && (
        <p>
          <PlatformLink href={link}>See it at the platform</PlatformLink>
        </p>
      )}
    </article>
  );
}
