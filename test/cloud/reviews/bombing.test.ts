import { beforeAll, expect, it } from "vitest";
import { bomb } from "../../../bench/bomb/bomb.ts";
import { bundleFunctions } from "../../../infra/bundle.ts";

/** `TOUCHSTONE_BOMB=10000` for as many as the issue asks for; the same as `node bench/bomb.ts`. */
const REVIEWS = Number(process.env.TOUCHSTONE_BOMB ?? 600);
const WITHIN = 200;

beforeAll(() => bundleFunctions());

it(`a target bombed with ${REVIEWS} reviews in a minute, tables throttling and messages coming twice, loses none`, async () => {
  const found = await bomb(REVIEWS, (line) => void process.stdout.write(`${line}\n`));
  expect(found.verdicts).toBe(REVIEWS);
  expect(found.deadLetters).toBe(0);
  // Each review once, as it was rated: lost updates and repeats would show in one or the other.
  expect([found.counted, found.stars]).toEqual([found.sent, found.starsSent]);
  expect(Math.min(...found.namedAfter.values())).toBeLessThanOrEqual(WITHIN);
  expect(found.mishaps.get("delivered twice")).toBeGreaterThan(0);
  expect(found.mishaps.get("unprocessed")).toBeGreaterThan(0);
}, 1_800_000);
