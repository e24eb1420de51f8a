import type { SNSClient } from "@aws-sdk/client-sns";
import { standing } from "../domain/breaker.ts";
import type { Quarantine } from "../policy/compiled-rule.ts";
import type { Clock } from "../runtime/clock.ts";
import { breakerStates } from "../store/breaker-states.ts";
import { flowCounts } from "../store/flow-counts.ts";
import { shadowDifferenceStore } from "../store/shadow-differences.ts";
import type { Table } from "../store/table.ts";
import { verdictJournal } from "../store/verdict-journal.ts";
import { flowWatch } from "./flow-watch.ts";
import { topic } from "./topic.ts";
import { type VerdictNotes, verdictNotes } from "./verdict-notes.ts";

export interface NotesWorld {
  readonly verdicts: Table;
  readonly signals: Table;
  readonly sns: SNSClient;
  /** ARN of the topic `events`. */
  readonly events: string;
  readonly clock: Clock;
}

/** What a scoring step needs to note its verdicts, and to score by what the breaker holds. */
export function openNotes({ verdicts, signals, sns, events, clock }: NotesWorld): {
  readonly notes: VerdictNotes;
  readonly quarantinesOf: (tenant: string) => Promise<readonly Quarantine[]>;
} {
  const breakers = breakerStates(signals);
  const flow = flowWatch({ flows: flowCounts(signals), breakers, events: topic(sns, events), clock });
  return {
    notes: verdictNotes({
      journal: verdictJournal(verdicts),
      shadows: shadowDifferenceStore(verdicts, signals),
      flow,
      clock,
    }),
    quarantinesOf: async (tenant) =>
      standing(await breakers.read(tenant), clock()).flatMap(({ subject, name, effect }) =>
        effect === "flag" ? [{ subject, name }] : [],
      ),
  };
}
