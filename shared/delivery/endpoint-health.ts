import * as z from "zod";
import { timestamp } from "../domain/id.ts";

/**
 * How an endpoint has been doing since its last success; empty while all is well, so that the usual delivery writes
 * nothing about its endpoint.
 */
export const endpointHealth = z.strictObject({
  /** Failures in a row, and since when. */
  failures: z.int().min(0),
  failingSince: timestamp.optional(),
  /** When the latest failure was counted, or somebody set out to try whether it lives: what began before adds nothing. */
  countedAt: timestamp.optional(),
  /** Nothing is sent until then, except one attempt that tries whether it lives again. */
  openUntil: timestamp.optional(),
  /** It needed longer than the first queue has patience for: its deliveries go where others do not wait for it. */
  isSlow: z.boolean().optional(),
  /** Why and since when nothing more is to go there, and in which version of its subscription that was found. */
  ended: z.strictObject({ why: z.enum(["gone", "failing"]), at: timestamp, version: z.int().min(1) }).optional(),
});
export type EndpointHealth = z.infer<typeof endpointHealth>;

export const WELL: EndpointHealth = { failures: 0 };

/** Failures in a row that open the circuit. */
const OPENS_AT = 3;
/** Seconds until it is tried again, longer with every further failure. */
const OPEN_SECONDS = [15, 30, 60, 120, 300, 900, 1_800, 3_600] as const;
const LAST = 3_600;
/** Failing this long and this often pauses the subscription: somebody has to look. */
const PAUSE_AFTER_DAYS = 3;
const PAUSE_AFTER_FAILURES = 20;
/** Seconds that the one who tries an endpoint again has for it. */
const PROBE_SECONDS = 30;
/** A receiver that puts us off stops all of its deliveries until then, at most an hour. */
const LONGEST_REST = 3_600;

const after = (now: Date, seconds: number): string => new Date(now.getTime() + seconds * 1000).toISOString();

/** What one attempt says of its endpoint; milliseconds. */
export type Sign =
  | { readonly kind: "well"; readonly ms: number }
  /** The first queue gave up waiting, which says nothing of the endpoint but that. */
  | { readonly kind: "slow" }
  | { readonly kind: "failed"; readonly began: Date; readonly retryAfter?: number };

/**
 * Requests that failed side by side are one failure: only what began after the last one was known says that it goes on.
 * @param quickMs what the first queue has patience for
 * @returns the same object where nothing changes.
 */
export function afterSign(health: EndpointHealth, sign: Sign, now: Date, quickMs: number): EndpointHealth {
  if (sign.kind === "slow") return health.isSlow ? health : { ...health, isSlow: true };
  if (sign.kind === "well") {
    const isSlow = sign.ms > quickMs;
    if (health.failures === 0 && !health.openUntil && Boolean(health.isSlow) === isSlow) return health;
    return { failures: 0, ...(isSlow && { isSlow }) };
  }
  if (health.countedAt !== undefined && sign.began < new Date(health.countedAt)) return health;
  const failures = health.failures + 1;
  const open = failures < OPENS_AT ? 0 : (OPEN_SECONDS[failures - OPENS_AT] ?? LAST);
  const rest = Math.max(open, Math.min(sign.retryAfter ?? 0, LONGEST_REST));
  const { openUntil: _, ...kept } = health;
  return {
    ...kept,
    failures,
    failingSince: health.failingSince ?? now.toISOString(),
    countedAt: now.toISOString(),
    ...(rest > 0 && { openUntil: after(now, rest) }),
  };
}

/** Does the first queue leave it to the other? */
export const isTroubled = ({ failures, openUntil, isSlow }: EndpointHealth): boolean =>
  failures > 0 || openUntil !== undefined || isSlow === true;

/**
 * May it be asked now? `closed`: yes. `open`: not before `until`. `probe`: by one, who first has to write `health`; all
 * others then find it open.
 */
export function circuitOf(
  health: EndpointHealth,
  now: Date,
):
  | { readonly kind: "closed" }
  | { readonly kind: "open"; readonly until: Date }
  | { readonly kind: "probe"; readonly health: EndpointHealth } {
  if (health.openUntil === undefined) return { kind: "closed" };
  const until = new Date(health.openUntil);
  if (until > now) return { kind: "open", until };
  return {
    kind: "probe",
    health: { ...health, openUntil: after(now, PROBE_SECONDS), countedAt: now.toISOString() },
  };
}

/** What an endpoint is looked at for: the subscription as it stands, and whether it just said that it wants nothing more. */
interface Judged {
  readonly isGone: boolean;
  readonly version: number;
  /** Whoever changed or resumed it gave it another chance. */
  readonly changedAt: string;
}

/** Has it failed for so long, and so often, that its subscription is to be paused? */
function isHopeless({ failures, failingSince }: EndpointHealth, changedAt: string, now: Date): boolean {
  if (failures < PAUSE_AFTER_FAILURES || failingSince === undefined) return false;
  const since = Math.max(Date.parse(failingSince), Date.parse(changedAt));
  return now.getTime() - since >= PAUSE_AFTER_DAYS * 86_400_000;
}

/**
 * The health with a note that it is to end, where it said so itself or has failed for too long. Once for each version of its
 * subscription: whoever finds it again finds the same time, so that its owner is told once.
 * @returns the same object where there is nothing new to note.
 */
export function afterEnd(health: EndpointHealth, { isGone, version, changedAt }: Judged, now: Date): EndpointHealth {
  const why = isGone ? "gone" : isHopeless(health, changedAt, now) ? "failing" : undefined;
  if (why === undefined || health.ended?.version === version) return health;
  return { ...health, ended: { why, at: now.toISOString(), version } };
}
