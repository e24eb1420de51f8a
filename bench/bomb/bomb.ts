import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sendItems } from "../../cli/items/send-items.ts";
import { synthesise } from "../../infra/synthesise.ts";
import { startCloud } from "../../local/cloud.ts";
import type { HostileInput } from "../../local/hostile/options.ts";
import { routes } from "../../shared/contracts/routes.ts";
import { mintKey } from "../../shared/domain/api-key.ts";
import type { ItemRef } from "../../shared/domain/id.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import { createTenant } from "../../shared/keys/create-tenant.ts";
import { kmsClient } from "../../shared/keys/kms.ts";
import { apiKeyStore } from "../../shared/store/api-keys.ts";
import { documentClient } from "../../shared/store/table.ts";
import { verdictStore } from "../../shared/store/verdicts.ts";
import { BOMBED, bombingReviews, calmReviews } from "../items/bombing.ts";
import { mishapsIn } from "../soak/mishaps.ts";

/** What AWS does to a hot key, and to every call now and then. */
const HOSTILE: HostileInput = {
  seed: 7,
  writeUnitsPerKey: 1_000,
  unprocessed: 0.1,
  outages: 0.005,
  lostAnswers: 0.002,
  deliveries: { twice: 0.05, late: 0.02, laterSeconds: 3 },
};
/** Labels that name a bombing: what it is, or that the reviews come together. */
const NAMES = ["rating_storm", "fake_review.brigade"];
const TENANT = "bombed";
const PAGE = 100;
const PARALLEL = 4;
const IDLE_MS = 1_800_000;

export interface Bombing {
  readonly reviews: number;
  /** From the first request until every queue is empty. */
  readonly seconds: number;
  readonly verdicts: number;
  readonly deadLetters: number;
  /** Reviews that the target counts, the calm ones included, and how many there are. */
  readonly counted: number;
  readonly sent: number;
  /** Sum of the counted ratings and of those sent. */
  readonly stars: number;
  readonly starsSent: number;
  /** How many of the bombing's reviews had their verdict when the first was named, that one included; by label. */
  readonly namedAfter: ReadonlyMap<string, number>;
  /** Of all of the bombing's reviews those whose verdict names it, by label. */
  readonly named: ReadonlyMap<string, number>;
  readonly mishaps: ReadonlyMap<string, number>;
}

const ratingOf = (review: unknown): number => (review as { readonly rating: number }).rating;

function naming(verdicts: readonly Verdict[]): Pick<Bombing, "namedAfter" | "named"> {
  const inOrder = verdicts.toSorted((a, b) => (a.scoredAt < b.scoredAt ? -1 : 1));
  const namedAfter = new Map<string, number>();
  const named = new Map<string, number>();
  for (const [index, { labels }] of inOrder.entries()) {
    for (const { label } of labels.filter((one) => NAMES.includes(one.label))) {
      if (!namedAfter.has(label)) namedAfter.set(label, index + 1);
      named.set(label, (named.get(label) ?? 0) + 1);
    }
  }
  return { namedAfter, named };
}

/**
 * Bombs a target with so many one-star reviews of one minute, in a cloud that behaves as badly as AWS may, and counts
 * what became of them. Functions must be bundled.
 */
export async function bomb(reviews: number, say: (line: string) => void): Promise<Bombing> {
  const dataDir = mkdtempSync(join(tmpdir(), "touchstone-bomb-"));
  const hostile = join(dataDir, "hostile.json");
  writeFileSync(hostile, JSON.stringify(HOSTILE));
  const cloud = await startCloud({ stacks: await synthesise({ nag: false }), dataDir, hostile });
  try {
    Object.assign(process.env, cloud.operatorEnvironment);
    const client = documentClient();
    const table = (output: string) => ({ client, name: cloud.outputs[output] ?? "" });
    const directory = table("TableDirectory");
    const settings = { itemsPerMinute: 10_000_000 };
    await createTenant({ kms: kmsClient(), keyId: cloud.outputs.KeyContent ?? "", directory }, TENANT, settings);
    const { key, token } = mintKey(TENANT, "platform", new Date());
    await apiKeyStore(directory).add(key);

    const accepted: ItemRef[] = [];
    const send = async (items: readonly unknown[]): Promise<void> => {
      await sendItems(
        items.map((value, index) => ({ value, line: index + 1 })),
        {
          url: cloud.url,
          token,
          batch: PAGE,
          parallel: PARALLEL,
          pause: 0,
          patience: 60,
          answered: (outcome) => {
            if ("refused" in outcome) throw new Error(`review ${outcome.line} was refused: ${outcome.refused}`);
            accepted.push(outcome.accepted);
          },
        },
      );
    };
    const now = new Date();
    const [calm, bombing] = [calmReviews(1, now), bombingReviews(reviews, 1, now)];
    await send(calm);
    if (!(await cloud.idle(IDLE_MS))) throw new Error("the calm before never ended");
    say(`${calm.length} calm reviews are counted; now ${reviews} in one minute`);
    const began = performance.now();
    await send(bombing);
    say(`accepted after ${((performance.now() - began) / 1_000).toFixed(1)} s`);
    if (!(await cloud.idle(IDLE_MS))) throw new Error("the queues were not empty after half an hour");
    const seconds = (performance.now() - began) / 1_000;

    const verdicts: Verdict[] = [];
    const store = verdictStore(table("TableVerdicts"));
    const refs = [...new Map(accepted.map((ref) => [ref.id, ref])).values()].filter(({ id }) => id.startsWith("bomb-"));
    for (let from = 0; from < refs.length; from += PAGE)
      verdicts.push(...(await store.findMany(TENANT, refs.slice(from, from + PAGE))).verdicts);
    const asked = await fetch(`${cloud.url}/v1/targets/${BOMBED}`, { headers: { authorization: `Bearer ${token}` } });
    const { stars } = routes["get-target"].answer.schema.parse(await asked.json()).all;
    const depths = await cloud.queueDepths();
    const dead = Object.entries(depths).filter(([name]) => name.endsWith("Dead"));
    const sent = [...calm, ...bombing];
    return {
      reviews,
      seconds,
      verdicts: verdicts.length,
      deadLetters: dead.reduce((sum, [, { waiting, inFlight, delayed }]) => sum + waiting + inFlight + delayed, 0),
      counted: stars.reduce((sum, count) => sum + count, 0),
      sent: sent.length,
      stars: stars.reduce((sum, count, index) => sum + count * (index + 1), 0),
      starsSent: sent.reduce<number>((sum, one) => sum + ratingOf(one), 0),
      ...naming(verdicts),
      mishaps: mishapsIn(dataDir),
    };
  } finally {
    await cloud.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
