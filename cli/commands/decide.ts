import { randomUUID } from "node:crypto";
import { routes } from "../../shared/contracts/routes.ts";
import { DECISION_REASONS, OUTCOMES } from "../../shared/domain/case.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";
import { OUTCOME_WORDS } from "../views/case-view.ts";

type Outcome = (typeof OUTCOMES)[number];

/** Options of a judgement. */
export const JUDGEMENT_OPTIONS = {
  reason: {
    type: "string",
    value: "REASON",
    about: "why, as the statement of reasons will say it",
    choices: DECISION_REASONS,
  },
  note: { type: "string", value: "TEXT", about: "a note for other moderators; sealed where it is stored" },
  labels: { type: "string", value: "A,B", about: "with correct: the labels as they should be" },
} as const;

/** A judgement as the API takes it. @throws CommandFailed naming what is missing. */
export function judgementOf(
  command: string,
  outcome: string,
  { reason, note, labels }: { reason: string | undefined; note: string | undefined; labels: string | undefined },
) {
  if (!OUTCOMES.includes(outcome as Outcome))
    throw new CommandFailed(`${command}: say what, one of: ${OUTCOMES.join(", ")}`);
  if (reason === undefined)
    throw new CommandFailed(`${command}: say why with --reason, one of: ${DECISION_REASONS.join(", ")}`);
  return {
    outcome: outcome as Outcome,
    reason,
    ...(note === undefined ? {} : { note }),
    ...(labels === undefined ? {} : { labels: labels.split(",") }),
  };
}

export const decide = defineCommand({
  words: ["decide"],
  summary: "Uphold or overturn what the policy did with a case, correct its labels, or escalate it.",
  arguments: ["CASE", OUTCOMES.join("|")],
  options: { ...JUDGEMENT_OPTIONS, ...API_OPTIONS },
  about: [
    "A case that someone else decided first stays as they decided it; the exit code is then 1. Of a cluster the decision is " +
      "about every item. `undo` takes it back within ten minutes.",
  ],
  async run([id = "", outcome = ""], { reason, note, labels, json, ...api }) {
    const judgement = judgementOf("decide", outcome, { reason, note, labels });
    const access = connect(api, "moderator");
    const seen = await callApi(access, routes["get-case"], { params: { id } });
    const body = { id: randomUUID(), ...judgement, version: seen.version };
    const decided = await callApi(access, routes.decide, { params: { id }, body });
    const more = (seen.cluster?.size ?? 1) > 1 ? ` (${seen.cluster?.size} items)` : "";
    const done = OUTCOME_WORDS[decided.decision.outcome];
    print(json, decided, [`${done} ${decided.id}: ${decided.decision.reason}${more}`]);
    return EXIT.ok;
  },
});
