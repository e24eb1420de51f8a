import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Api } from "../pipeline/api.ts";
import type { Cell } from "./authorisation-table.ts";
import type { Belongings } from "./belongings.ts";
import { DECISION } from "./samples.ts";
import type { WholeCloud } from "./whole-cloud.ts";

/** Brings the desk to where a route has something to do: callers of the table come one after the other. */
export interface DeskStates {
  makeReady(cell: Cell, of: Belongings, api: Api): Promise<void>;
}

const decision = { id: DECISION, outcome: "uphold", reason: "violates_policy", version: 1 };

/** Routes that find a case as it was opened, and what the caller has to have done with it before. */
const BEFORE: Readonly<Record<string, ((of: Belongings, api: Api) => Promise<unknown>) | undefined>> = {
  "claim-case": async () => undefined,
  "extend-claim": async () => undefined,
  "release-case": async () => undefined,
  decide: async () => undefined,
  "decide-many": async () => undefined,
  "transfer-case": (of, api) => api("POST", `/v1/cases/${of.caseId}/claim`, {}),
  "undo-decision": (of, api) => api("POST", `/v1/cases/${of.caseId}/decisions`, decision),
  "reopen-case": (of, api) => api("POST", `/v1/cases/${of.caseId}/decisions`, decision),
};

export async function openDeskStates(whole: WholeCloud, owners: Belongings): Promise<DeskStates> {
  const { client, name: TableName } = whole.table("TableCases");
  const Key = { pk: `${owners.tenant}#${owners.caseId}`, sk: "case" };
  const { Item } = await client.send(new GetCommand({ TableName, Key }));
  return {
    async makeReady({ name, own }, of, api) {
      const before = BEFORE[name];
      if (!before) return;
      await client.send(new PutCommand({ TableName, Item }));
      if (own) await before(of, api);
    },
  };
}
