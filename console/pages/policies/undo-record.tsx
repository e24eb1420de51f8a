import { useAnswer } from "../../api/use-answer.ts";
import { Pager } from "../../parts/pager.tsx";
import { Section } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { usePages } from "../../parts/use-pages.ts";
import { UndoItems } from "./undo-items.tsx";

/** The record of a run: every item that it touched, batch by batch, for good. */
export function UndoRecord({ id }: { readonly id: string }) {
  const pages = usePages();
  const shown = useAnswer("list-undone", {
    params: { id },
    query: pages.cursor === undefined ? {} : { cursor: pages.cursor },
  });
  return (
    <Section title="The record">
      <Asked shown={shown}>
        {({ batches, cursor }) => {
          const items = batches.flatMap((batch) => batch.items);
          return (
            <>
              {items.length === 0 ? (
                <Empty title="Nothing is on record here" />
              ) : (
                <UndoItems caption="Every item that rested on the cause" items={items} dryRun={false} />
              )}
              <Pager of="the record of the undo" pages={pages} next={cursor} />
            </>
          );
        }}
      </Asked>
    </Section>
  );
}
