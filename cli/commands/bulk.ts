import { randomUUID } from "node:crypto";
import { MAX_BULK } from "../../shared/contracts/decision-routes.ts";
import { routes } from "../../shared/contracts/routes.ts";
import { OUTCOMES } from "../../shared/domain/case.ts";
import { LABELS } from "../../shared/domain/label.ts";
import { LANES } from "../../shared/domain/verdict.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { countOf } from "../count.ts";
import { print } from "../print.ts";
import { counted } from "../progress-line.ts";
import { type CaseSummary, caseTable, OUTCOME_WORDS } from "../views/case-view.ts";
import { JUDGEMENT_OPTIONS, judgementOf } from "./decide.ts";

export const bulk = defineCommand({
  words: ["bulk"],
  summary: `Give many open cases the same judgement, up to ${MAX_BULK} at a time.`,
  arguments: [OUTCOMES.join("|")],
  options: {
    ...JUDGEMENT_OPTIONS,
    queue: { type: "string", value: "QUEUE", about: "cases of this queue", default: "default" },
    lane: { type: "string", value: "LANE", about: "of this lane only", choices: LANES },
    label: { type: "string", value: "LABEL", about: "with this label only", choices: Object.keys(LABELS) },
    limit: { type: "string", value: "N", about: "at most N, the longest waiting first", default: String(MAX_BULK) },
    yes: { type: "boolean", about: "decide them; without it they are only listed" },
    ...API_OPTIONS,
  },
  about: [
    "Cases that others hold are left to them. Each case has its own result: one that somebody decided meanwhile is named, and " +
      "the exit code is then 1.",
  ],
  async run([outcome = ""], { reason, note, labels, queue, lane, label, limit, yes, json, ...api }) {
    const judgement = judgementOf("bulk", outcome, { reason, note, labels });
    const most = countOf("bulk", "limit", limit) ?? MAX_BULK;
    if (most > MAX_BULK) throw new CommandFailed(`bulk: --limit takes at most ${MAX_BULK}`);
    const access = connect(api, "moderator");
    const chosen: CaseSummary[] = [];
    let cursor: string | undefined;
    do {
      const page = await callApi(access, routes["list-cases"], {
        query: { queue, lane, label, held: "free", cursor, limit: String(most - chosen.length) },
      });
      chosen.push(...page.cases);
      cursor = page.cursor;
    } while (cursor !== undefined && chosen.length < most);
    if (!yes) {
      print(json, { cases: chosen }, [...caseTable(chosen, false), "add --yes to decide these"]);
      return EXIT.ok;
    }
    if (chosen.length === 0) {
      print(json, { results: [] }, ["no open case"]);
      return EXIT.ok;
    }
    const body = { id: randomUUID(), ...judgement, cases: chosen.map(({ id, version }) => ({ id, version })) };
    const { results } = await callApi(access, routes["decide-many"], { body });
    const lost = results.flatMap((one) => (one.status === "refused" ? [`${one.id}: ${one.problem.title}`] : []));
    const done = `${OUTCOME_WORDS[judgement.outcome]} ${counted(results.length - lost.length, "case")}`;
    print(json, { results }, [done, ...lost]);
    return lost.length > 0 ? EXIT.refused : EXIT.ok;
  },
});
