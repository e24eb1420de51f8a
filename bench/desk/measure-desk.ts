import { synthesise } from "../../infra/synthesise.ts";
import { mintKey } from "../../shared/domain/api-key.ts";
import { openCase } from "../../shared/domain/case.ts";
import type { Role } from "../../shared/domain/tenant.ts";
import { LANES, type Verdict } from "../../shared/domain/verdict.ts";
import { apiKeyStore } from "../../shared/store/api-keys.ts";
import { caseKey, laneKeys } from "../../shared/store/cases.ts";
import { batchPut, documentClient } from "../../shared/store/table.ts";
import { openBenchCloud } from "../bench-cloud.ts";

export interface Measured {
  readonly what: string;
  readonly goalMs?: number;
  /** Milliseconds, ascending. */
  readonly times: readonly number[];
}

const TENANT = "desk";
const ROUNDS = 40;
const AT_ONCE = 32;
/** Severity classes as a queue has them: most cases are of the lower ones. */
const LANE_OF = [3, 3, 3, 2, 2, 2, 2, 1, 1, 0] as const;
const LANGUAGES = ["en", "tr", "de", "es", "pt"] as const;

const verdictOf = (index: number, now: Date): Verdict => ({
  tenant: TENANT,
  ref: { kind: "post", id: `post-${index}`, revision: "r1" },
  digest: "d".repeat(43),
  action: "flag",
  severity: 4,
  queue: "default",
  lane: LANES[LANE_OF[index % LANE_OF.length] ?? 3] ?? "low",
  labels: [
    {
      label: "insult",
      score: 0.9,
      probability: 0.9,
      severity: 4,
      spans: [[0, 4]],
      reasons: [{ code: "text.insult", params: { count: 1 } }],
      source: "text-lexicon",
      version: "1",
    },
  ],
  features: { words: 4 },
  policy: { id: "touchstone-default", version: 1, rule: "insult", reasonCode: "insult" },
  models: ["text-lexicon@1"],
  status: "complete",
  language: LANGUAGES[index % LANGUAGES.length] ?? "en",
  authorId: `author-${index % 997}`,
  channelId: "town-square",
  visibility: "public",
  surface: "comment",
  brandIds: [],
  receivedAt: now.toISOString(),
  scoredAt: now.toISOString(),
});

async function timed(ask: () => Promise<Response>): Promise<number> {
  const from = performance.now();
  const response = await ask();
  await response.text();
  if (!response.ok) throw new Error(`the API answered ${response.status}`);
  return performance.now() - from;
}

async function rounds(count: number, ask: (round: number) => Promise<Response>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < count; round += 1) times.push(await timed(() => ask(round)));
  return times.sort((a, b) => a - b);
}

/** Fills a queue with cases, as `open-case` writes them, and asks the API as a moderator's console would. */
export async function measureDesk(cases: number, say: (line: string) => void): Promise<readonly Measured[]> {
  const { cloud, addTenant, close } = await openBenchCloud(await synthesise({ nag: false }));
  try {
    await addTenant(TENANT, false);
    const client = documentClient();
    const { TableCases = "", TableDirectory = "" } = cloud.outputs;
    const began = performance.now();
    const now = Date.now();
    for (let from = 0; from < cases; from += 500) {
      const rows = Array.from({ length: Math.min(500, cases - from) }, (_, offset) => {
        const openedAt = new Date(now - (cases - from - offset) * 1_000);
        const one = openCase(verdictOf(from + offset, openedAt), openedAt);
        return { ...caseKey(TENANT, one.id), case: one, version: 1, ...laneKeys(one) };
      });
      await Promise.all(
        Array.from({ length: 4 }, (_, part) =>
          batchPut({ client, name: TableCases }, rows.slice(part * 125, (part + 1) * 125)),
        ),
      );
    }
    say(`${cases} cases wait after ${Math.round((performance.now() - began) / 1_000)} s`);
    const keyFor = async (role: Role): Promise<string> => {
      const { key, token } = mintKey(TENANT, role, new Date());
      await apiKeyStore({ client, name: TableDirectory }).add(key);
      return token;
    };
    const tokens = await Promise.all(Array.from({ length: AT_ONCE }, () => keyFor("moderator")));
    const headersOf = (who: number) => ({
      authorization: `Bearer ${tokens[who % AT_ONCE]}`,
      "content-type": "application/json",
    });
    const get = (path: string) => () => fetch(`${cloud.url}${path}`, { headers: headersOf(0) });
    const next = (who: number) =>
      fetch(`${cloud.url}/v1/next`, { method: "POST", headers: headersOf(who), body: "{}" });
    // The first of each is a cold start.
    await Promise.all([timed(get("/v1/cases")), timed(() => next(0)), timed(get("/v1/queues"))]);
    const measured: Measured[] = [
      { what: "first page of 50", goalMs: 300, times: await rounds(ROUNDS, get("/v1/cases")) },
      { what: "first page of 50 of one language", times: await rounds(ROUNDS, get("/v1/cases?language=tr")) },
      { what: "queues, with depth and age of each lane", times: await rounds(ROUNDS, get("/v1/queues")) },
      { what: "next, one after the other", goalMs: 100, times: await rounds(ROUNDS, next) },
    ];
    const together = await Promise.all(Array.from({ length: AT_ONCE }, (_, who) => timed(() => next(who))));
    measured.push({ what: `next, ${AT_ONCE} at once`, times: together.sort((a, b) => a - b) });
    return measured;
  } finally {
    await close();
  }
}
