import type { AnswerOf } from "../../api/route-types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Go } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Section } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { jobColumns } from "./job-columns.tsx";
import { undoPath } from "./paths.ts";
import { Rooms } from "./rooms.tsx";
import { UndoForm } from "./undo-form.tsx";
import { causeWords } from "./undo-words.ts";
import "./policies.css";

type Undo = AnswerOf<"list-undos">["undos"][number];

/** What was wrong and is taken back: a dry run first, then the run that does what it showed. */
export default function UndosPage() {
  const me = useMe();
  const shown = useAnswer("list-undos", { query: { limit: "50" } });
  return (
    <>
      <PageHeader
        title="Undos"
        description="Finds every verdict that rests on a rule, label or analyzer that was wrong, and takes it back. What a person decided stays."
      />
      <Rooms at="/undos" />
      {me.may("start-undo") && <UndoForm />}
      <Section title="The last 30 days">
        <Asked shown={shown}>
          {({ undos }) =>
            undos.length === 0 ? (
              <Empty title="Nothing was taken back" />
            ) : (
              <RowTable<Undo>
                caption="Undos and their dry runs"
                columns={[
                  {
                    head: "Because of",
                    cell: ({ id, cause }) => (
                      <Go to={undoPath(id)}>
                        <SafeInline text={causeWords(cause)} />
                      </Go>
                    ),
                  },
                  { head: "Kind", cell: ({ dryRun }) => (dryRun ? "dry run" : "taken back") },
                  jobColumns.state,
                  jobColumns.days,
                  jobColumns.asked,
                ]}
                rows={undos}
                keyOf={({ id }) => id}
              />
            )
          }
        </Asked>
      </Section>
    </>
  );
}
