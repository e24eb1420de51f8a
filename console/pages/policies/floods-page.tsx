import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { labelTitles } from "../../facts/desk.ts";
import { Age } from "../../parts/age.tsx";
import { grouped } from "../../parts/charts/chart-words.ts";
import { PageHeader } from "../../parts/page-header.tsx";
import { RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Section } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { Rooms } from "./rooms.tsx";
import { WithNote } from "./with-note.tsx";
import { shareText } from "./words.tsx";
import "../../parts/card-list.css";
import "./policies.css";

type Held = AnswerOf<"list-quarantines">["quarantines"][number];

const subjectWords = ({ subject, name }: Pick<Held, "subject" | "name">): string =>
  subject === "rule" ? `rule ${name}` : `label “${labelTitles[name] ?? name}”`;

/** What the flood breaker holds at "flag" now, and what it did lately. */
export default function FloodsPage() {
  const me = useMe();
  const [resetting, reset] = useState<Held>();
  const shown = useAnswer("list-quarantines", {}, { every: 30_000 });
  return (
    <>
      <PageHeader
        title="Flood breaker"
        description="When a rule or label suddenly concerns far more items than usual, it flags at most until somebody has looked, or the time is over: a wrong rule must not hold back a whole community."
      />
      <Rooms at="/floods" />
      <Asked shown={shown}>
        {({ quarantines, history }) => (
          <>
            {quarantines.length === 0 ? (
              <Section title="Held now">
                <Empty title="Nothing is held">Every rule and label concerns as many items as usual.</Empty>
              </Section>
            ) : (
              <ul className="cards policy-floods">
                {quarantines.map((held) => (
                  <li key={held.id} className="card">
                    <Flood held={held} {...(me.may("reset-quarantine") && { onReset: () => reset(held) })} />
                  </li>
                ))}
              </ul>
            )}
            <Section title="Lately">
              {history.length === 0 ? (
                <Empty title="Nothing was ever held" />
              ) : (
                <RowTable
                  caption="What the flood breaker did"
                  columns={[
                    { head: "When", cell: ({ at }) => <Age since={at} ago /> },
                    { head: "What", cell: ({ type }) => (type === "breaker.opened" ? "held" : "held no longer") },
                    { head: "Of", cell: ({ quarantine }) => `${subjectWords(quarantine)} (${quarantine.kind}s)` },
                    {
                      head: "By",
                      cell: ({ by }) => by !== undefined && (by === "time" ? "time" : <SafeInline text={by} />),
                    },
                    { head: "Why", cell: ({ note }) => note !== undefined && <SafeInline text={note} /> },
                  ]}
                  rows={history}
                  keyOf={({ id }) => id}
                  maxHeight={420}
                />
              )}
            </Section>
          </>
        )}
      </Asked>
      {resetting && <Reset held={resetting} onClose={() => reset(undefined)} refresh={shown.refresh} />}
    </>
  );
}

function Flood({ held, onReset }: { readonly held: Held; onReset?(): void }) {
  const { effect, kind, hits, items, seen, usual, at, until } = held;
  return (
    <>
      <h2>
        The {subjectWords(held)}, among {kind}s
      </h2>
      <p>
        <strong>{shareText(seen)}</strong> of the {kind}s of ten minutes ({grouped(hits)} of {grouped(items)}), where at
        most {shareText(usual)} is usual.{" "}
        {effect === "flag"
          ? "It flags at most: nothing is held back or refused by it."
          : "It goes on as before, since it stands for harm to life: you are only told."}
      </p>
      <p className="card-line quiet">
        <span>
          since <Age since={at} ago />
        </span>
        <span>ends by itself at {new Date(until).toLocaleTimeString(undefined, { timeStyle: "short" })}</span>
      </p>
      {onReset && (
        <div>
          <Button ariaLabel={`This share is right: ${subjectWords(held)}`} onClick={onReset}>
            This share is right
          </Button>
        </div>
      )}
    </>
  );
}

interface ResetProps {
  readonly held: Held;
  onClose(): void;
  refresh(): void;
}

function Reset({ held, onClose, refresh }: ResetProps) {
  const { act, busy, refused } = useAct("reset-quarantine");
  const { flash } = useFlashes();
  const go = async (note: string) => {
    const answer = await act({ body: { subject: held.subject, name: held.name, note } });
    if (!answer.ok) return;
    onClose();
    refresh();
    flash(
      answer.value.closed.length > 0
        ? { type: "success", content: `The ${subjectWords(held)} is held no longer.` }
        : { type: "info", content: "Somebody else was faster: it is held no longer." },
    );
  };
  return (
    <WithNote
      title={`Hold the ${subjectWords(held)} no longer?`}
      verb="Hold it no longer"
      busy={busy}
      refused={refused}
      onClose={onClose}
      onGo={(note) => void go(note)}
    >
      <p className="policy-line">
        You say that its share is right as it is: at once it does what it says again, and what is usual is learned anew.
      </p>
    </WithNote>
  );
}
