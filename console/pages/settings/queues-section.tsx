import { useState } from "react";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { labelTitles } from "../../facts/desk.ts";
import { RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Section } from "../../parts/section.tsx";
import { Asked } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { QueuesEditor } from "./queues-editor.tsx";

type Queues = AnswerOf<"list-queues">;
type Rule = Queues["queues"][number]["rules"][number];

/** Which cases wait where, and what has to be known to be given them. */
export function QueuesSection() {
  const me = useMe();
  const shown = useAnswer("list-queues", {});
  // What is edited stays under the person's hands, whatever is read meanwhile.
  const [begun, setBegun] = useState<Queues>();
  const mayChange = me.may("set-queues");
  if (mayChange && begun === undefined && shown.value && !shown.busy) setBegun(shown.value);
  return (
    <Section title="Queues">
      <p className="settings-line quiet">
        A case goes to the first queue with a rule that fits when it is opened, else where the policy says. Cases that
        wait stay where they are. Changes hold within half a minute.
      </p>
      <Asked shown={shown}>
        {(queues) =>
          mayChange ? (
            begun && <QueuesEditor key={begun.version} begun={begun} restart={setBegun} />
          ) : (
            <QueueTable queues={queues.queues} />
          )
        }
      </Asked>
    </Section>
  );
}

const titled = (labels: readonly string[]): string => labels.map((label) => labelTitles[label] ?? label).join(", ");

function ruleWords({ kinds, labels, languages, brands, productLines }: Rule): string {
  const parts = [
    kinds && `kind ${kinds.join(" or ")}`,
    labels && `label ${titled(labels)}`,
    languages && `language ${languages.join(", ")}`,
    brands && `brand ${brands.join(", ")}`,
    productLines && `product line ${productLines.join(", ")}`,
  ];
  return parts.filter((part) => part !== undefined).join("; ");
}

const QueueTable = ({ queues }: { readonly queues: Queues["queues"] }) => (
  <RowTable
    caption="Queues in the order in which their rules are asked"
    columns={[
      { head: "Queue", cell: ({ name }) => name },
      {
        head: "Takes",
        cell: ({ rules }) =>
          rules.map((rule) => (
            <div key={JSON.stringify(rule)}>
              <SafeInline text={ruleWords(rule)} />
            </div>
          )),
      },
      { head: "Needs the skill", cell: ({ skill }) => skill },
      {
        head: "Waiting",
        cell: ({ lanes }) => lanes.reduce((sum, { waiting }) => sum + waiting, 0),
        isFigure: true,
      },
    ]}
    rows={queues}
    keyOf={({ name }) => name}
  />
);
