import { routes } from "../../shared/contracts/routes.ts";
import { LABELS } from "../../shared/domain/label.ts";
import { LANES } from "../../shared/domain/verdict.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { countOf } from "../count.ts";
import { csvLine } from "../csv.ts";
import { print } from "../print.ts";
import { CASE_COLUMNS, type CaseSummary, caseRow, caseTable } from "../views/case-view.ts";

/** Cases in one answer of the API. */
const PAGE = 200;

export const cases = defineCommand({
  words: ["cases"],
  summary: "List the open cases in fair order: severe safety first, then by severity, longest waiting first.",
  arguments: [],
  options: {
    lane: { type: "string", value: "LANE", about: "this lane only", choices: LANES },
    kind: { type: "string", value: "KIND", about: "of this kind only", choices: ["post", "review", "audience"] },
    label: { type: "string", value: "LABEL", about: "with this label only", choices: Object.keys(LABELS) },
    language: { type: "string", value: "TAG", about: "in this language only, such as tr" },
    held: { type: "string", value: "BY", about: "by who holds them", choices: ["me", "others", "free"] },
    queue: { type: "string", value: "QUEUE", about: "the moderators' queue", default: "default" },
    limit: { type: "string", value: "N", about: "list at most N", default: "20" },
    csv: { type: "boolean", about: "print CSV for spreadsheets, in which no cell is a formula" },
    ...API_OPTIONS,
  },
  async run(_, { lane, kind, label, language, held, queue, limit, csv, json, ...api }) {
    const most = countOf("cases", "limit", limit) ?? 0;
    const access = connect(api, "moderator");
    const found: CaseSummary[] = [];
    let cursor: string | undefined;
    do {
      const page = await callApi(access, routes["list-cases"], {
        query: { queue, lane, kind, label, language, held, cursor, limit: String(Math.min(PAGE, most - found.length)) },
      });
      found.push(...page.cases);
      cursor = page.cursor;
    } while (cursor !== undefined && found.length < most);
    const rows = () => [CASE_COLUMNS, ...found.map(caseRow)].map(csvLine);
    print(json, { cases: found, ...(cursor ? { cursor } : {}) }, csv ? rows() : caseTable(found, cursor !== undefined));
    return EXIT.ok;
  },
});
