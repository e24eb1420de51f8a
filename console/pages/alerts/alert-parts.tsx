import type { ReactNode } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { Age, Moment } from "../../parts/age.tsx";
import { counted, PLACE_WORDS } from "../../parts/alert-words.ts";
import { percent } from "../../parts/duration.ts";
import { Go } from "../../parts/go.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { FactList, Section } from "../../parts/section.tsx";
import { useMe } from "../../session/me.tsx";
import { type Alert, labelTitle, noticeWords, recordWords, subjectTitle } from "./alert-words.ts";
import { DutyLine } from "./duty-line.tsx";

interface OfAlert {
  readonly alert: Alert;
}

const listed = (ids: readonly string[]): ReactNode => <SafeInline text={ids.join(", ")} />;

/** What an alert is about, whose it is, and whether somebody sees to it. */
export function AboutAlert({ alert }: OfAlert) {
  const { subscription, place, subject, first, state, openedAt, tally, mustAcknowledge, acknowledged } = alert;
  const { item } = first;
  return (
    <Section title="What it is about">
      <FactList
        facts={[
          ["Duty", mustAcknowledge || acknowledged ? <DutyLine key="duty" alert={alert} /> : undefined],
          ["State", state === "open" ? "Going on" : "Ended"],
          [
            "Subscription",
            <Go key="of" to={`/subscriptions/${subscription.id}`}>
              <SafeInline text={subscription.name} />
            </Go>,
          ],
          ["Where", PLACE_WORDS[place]],
          // What reads alike has a fingerprint, which says nothing to anybody.
          [
            subjectTitle(subject),
            subject.by === "cluster" ? undefined : <SubjectLink key="subject" subject={subject} />,
          ],
          ["Brands", item && item.brands.length > 0 ? listed(item.brands) : undefined],
          ["Policy", item && <SafeInline text={`${item.policy.id}, rule ${item.policy.rule}`} />],
          ["Began", <Age key="began" since={openedAt} ago />],
          ["Latest", <Age key="latest" since={tally.lastAt} ago />],
          ["First message", noticeWords(alert)],
        ]}
      />
    </Section>
  );
}

function SubjectLink({ subject: { by, id } }: { readonly subject: Alert["subject"] }) {
  const me = useMe();
  if (by === "label") return labelTitle(id);
  const text = <SafeInline text={id} />;
  if (by === "target" && me.may("get-target")) return <Go to={`/targets/${encodeURIComponent(id)}`}>{text}</Go>;
  if (by === "case" && me.may("get-case")) return <Go to={`/cases/${encodeURIComponent(id)}`}>{text}</Go>;
  return text;
}

const larger = ([, one]: [string, number], [, other]: [string, number]): number => other - one;

/** Numbers by name, the largest first; undefined where there are none. */
const figures = (counts: Readonly<Record<string, number>>, titleOf = (name: string) => name): ReactNode => {
  const all = Object.entries(counts).sort(larger);
  if (all.length === 0) return undefined;
  return <SafeInline text={all.map(([name, count]) => `${titleOf(name)} ${count.toLocaleString()}`).join(", ")} />;
};

/** How much an alert has gathered, of what. */
export function GatheredBy({ alert: { tally, minutes, oneStar } }: OfAlert) {
  const rated = tally.stars.some((count) => count > 0);
  return (
    <Section title="What it has gathered">
      <FactList
        facts={[
          ["Events", `${counted(tally.count, "event")} in ${counted(minutes, "minute")}`],
          ["Gravest", `Severity ${tally.worst} of 7`],
          ["Labels", figures(tally.labels, labelTitle)],
          ["Actions", figures(tally.actions)],
          ["Languages", figures(tally.languages)],
          ["Stars, one to five", rated ? tally.stars.map((count) => count.toLocaleString()).join(" · ") : undefined],
          ["With one star", oneStar === undefined ? undefined : percent(oneStar)],
        ]}
      />
    </Section>
  );
}

/** What was told to whom and when, who acknowledged, and what was passed on. */
export function RecordOf({ alert: { record, subscription } }: OfAlert) {
  const subscriptions = useAnswer("list-subscriptions", {}, { fresh: 60_000 });
  const nameOf = (id: string): string =>
    subscriptions.value?.subscriptions.find((one) => one.id === id)?.document.name ?? id;
  return (
    <Section title="Record">
      <ol className="alerts-record">
        {record.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the record only grows at its end
          <li key={index}>
            <span className="quiet">
              <Moment at={line.at} />
            </span>{" "}
            <SafeInline text={recordWords(line, nameOf, subscription.id)} />
          </li>
        ))}
      </ol>
    </Section>
  );
}
