import { routes } from "../../shared/contracts/routes.ts";
import { AUDIT_ACTIONS, type AuditEntry } from "../../shared/domain/audit.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { countOf } from "../count.ts";
import { print } from "../print.ts";
import { table } from "../views/table.ts";

/** Entries in one answer of the API. */
const PAGE = 200;

export const audit = defineCommand({
  words: ["audit"],
  summary: "Show who did what at the desk, the newest first. Needs an auditor's or an admin's key.",
  arguments: [],
  options: {
    day: { type: "string", value: "DAY", about: "of this day (UTC), such as 2026-11-22; without it, today" },
    case: { type: "string", value: "CASE", about: "about this case" },
    actor: { type: "string", value: "WHO", about: "by this member or key, such as key:0123456789ab" },
    action: { type: "string", value: "ACTION", about: "of this kind, such as case.decided", choices: AUDIT_ACTIONS },
    limit: { type: "string", value: "N", about: "at most N", default: "50" },
    ...API_OPTIONS,
  },
  async run(_, { day, case: id, actor, action, limit, json, ...api }) {
    const most = countOf("audit", "limit", limit) ?? 0;
    const access = connect(api, "auditor");
    const found: AuditEntry[] = [];
    let cursor: string | undefined;
    do {
      const page = await callApi(access, routes["list-audit"], {
        query: { day, case: id, actor, action, cursor, limit: String(Math.min(PAGE, most - found.length)) },
      });
      found.push(...page.entries);
      cursor = page.cursor;
    } while (cursor !== undefined && found.length < most);
    const rows = found.map(({ at, actor, role, action, case: about, facts = {} }) => [
      at.slice(0, 19).replace("T", " "),
      actor,
      role ?? "",
      action,
      about ?? "",
      Object.entries(facts)
        .map(([name, value]) => `${name} ${value}`)
        .join(", "),
    ]);
    const lines = rows.length === 0 ? ["no entry"] : table(["at (UTC)", "who", "as", "did", "case", "how"], rows);
    print(json, { entries: found, ...(cursor ? { cursor } : {}) }, lines);
    return EXIT.ok;
  },
});
