import type { Route } from "../../shared/contracts/route.ts";
import { type RouteName, routes } from "../../shared/contracts/routes.ts";
import { ROLES } from "../../shared/domain/tenant.ts";
import { apiOf } from "../cloud/pipeline/api.ts";
import { giveBelongings } from "../cloud/security/belongings.ts";
import type { WholeCloud } from "../cloud/security/whole-cloud.ts";
import { type MessageReport, sendMessages } from "./fuzz-messages.ts";
import { fuzzRequests, type RequestReport } from "./fuzz-requests.ts";
import { messagePlans } from "./message-plans.ts";
import { requestPlans } from "./request-plans.ts";
import { PLANTED } from "./words.ts";

export interface FuzzOptions {
  /** Valid requests of each route, and messages of each sort for each queue. */
  readonly runs: number;
  readonly seed: number;
}

export interface FuzzReport {
  readonly requests: RequestReport;
  readonly messages: MessageReport;
  readonly faults: readonly string[];
}

const TENANT = "fuzzed";
const OTHER = "neighbour";

/** Fuzzes every route and every queue of a running cloud. Poison waits for its tries while requests are sent. */
export async function runFuzz(whole: WholeCloud, { runs, seed }: FuzzOptions): Promise<FuzzReport> {
  for (const tenant of [TENANT, OTHER]) await whole.addTenant(tenant, { itemsPerMinute: 1_000_000 });
  const tokens = new Map<string, string>();
  for (const role of ROLES) tokens.set(role, await whole.keyFor(TENANT, role));
  const api = (role: string) => apiOf(whole.cloud, tokens.get(role));
  const has = await giveBelongings(TENANT, api("platform"), api("moderator"), api("admin"));

  const sent = await sendMessages(whole, messagePlans(runs, seed, TENANT, OTHER, new Date()));
  const known = [has.post, has.target, has.account, has.caseId, has.policy];
  const requests = await fuzzRequests(whole.cloud.url, requestPlans(runs, seed, known), ({ name }) =>
    tokenOf(tokens, name),
  );
  const messages = await sent.ends();

  const logged = whole.logged();
  const faults = [...requests.faults, ...messages.faults];
  if (logged.includes(PLANTED)) faults.push("the planted word in a log");
  if (logged.includes('"surprise"')) faults.push("a surprise in a log");
  return { requests, messages, faults };
}

function tokenOf(tokens: ReadonlyMap<string, string>, name: RouteName): string | undefined {
  const { callers }: Route = routes[name];
  return callers === "public" ? undefined : tokens.get(callers[0]);
}

/** `401 ×3, 200 ×2`, most frequent first. */
const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ×${count}`)
    .join(", ");

/** The run in a few lines. */
export const summaryOf = ({ requests, messages, faults }: FuzzReport, { runs, seed }: FuzzOptions): string =>
  [
    `fuzz: seed ${seed}, ${runs} runs, ${faults.length} faults`,
    `  ${requests.requests} requests (slowest ${requests.slowest.ms} ms: ${requests.slowest.place}): ${counted(requests.byStatus)}`,
    `  ${messages.messages} messages: ${counted(messages.byEnd)}`,
    ...faults.slice(0, 40).map((line) => `  ${line}`),
  ].join("\n");
