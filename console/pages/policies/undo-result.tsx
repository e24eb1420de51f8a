import { grouped } from "../../parts/charts/chart-words.ts";
import { Section } from "../../parts/section.tsx";
import { UndoItems } from "./undo-items.tsx";
import { outcomeWords, reversedIn, type Undo } from "./undo-words.ts";
import { type Action, Move } from "./words.tsx";

interface UndoResultProps {
  readonly result: NonNullable<Undo["result"]>;
  readonly dryRun: boolean;
}

const verdicts = (count: number): string => `${grouped(count)} ${count === 1 ? "verdict" : "verdicts"}`;

/** What rests on the cause, and what becomes or became of it. */
export function UndoResult({ result, dryRun }: UndoResultProps) {
  const { items, stands, outcomes, moves, sample, exceptions } = result;
  const found = Object.entries(outcomes).filter(([, count]) => count > 0);
  return (
    <>
      <Section title={dryRun ? "What it would do" : "What it did"}>
        <p className="policy-line">
          {verdicts(items)} in that time;{" "}
          <strong>
            {grouped(reversedIn(outcomes))} {dryRun ? "would be taken back" : "were taken back"}
          </strong>
          .
        </p>
        <ul className="policy-changes">
          {found.map(([outcome, count]) => (
            <li key={outcome}>
              {verdicts(count)}: {outcomeWords(outcome, dryRun)}
            </li>
          ))}
          {found.length === 0 && <li>Nothing rests on it alone.</li>}
          {stands > 0 && (
            <li>
              {verdicts(stands)} {stands === 1 ? "stands" : "stand"}: another finding asks for the same.
            </li>
          )}
          {Object.entries(moves).map(([move, count]) => {
            const [from, to] = move.split(">") as [Action, Action];
            return (
              <li key={move}>
                <Move from={from} to={to} />: {grouped(count)}
              </li>
            );
          })}
        </ul>
      </Section>
      {sample.length > 0 && (
        <Section title={dryRun ? "Would be taken back" : "Taken back"}>
          <UndoItems
            caption={dryRun ? "A sample of what would be taken back" : "A sample of what was taken back"}
            items={sample}
            dryRun={dryRun}
          />
        </Section>
      )}
      {exceptions.length > 0 && (
        <Section title="Exceptions">
          <UndoItems caption="Verdicts that stay" items={exceptions} dryRun={dryRun} />
        </Section>
      )}
    </>
  );
}
