import { caseIdOf, needsReview } from "../shared/domain/case.ts";
import type { ItemRef } from "../shared/domain/id.ts";
import { ACTIONS, type Action, type Verdict } from "../shared/domain/verdict.ts";
import type { Cases } from "../shared/store/cases.ts";
import type { Verdicts } from "../shared/store/verdicts.ts";

/** Revisions asked for in one read. */
const PAGE = 100;
/** Most revisions looked for in one round, so that watching does not slow down what is watched. */
const ROUND = 500;

export interface Account {
  readonly accepted: number;
  readonly refused: number;
  /** Follow and audience messages that are reflected in their account's verdict. */
  readonly reflected: number;
  readonly verdicts: Readonly<Record<Action, number>>;
  readonly casesExpected: number;
  readonly cases: number;
  /** Milliseconds from intake to verdict, ascending. */
  readonly latencies: readonly number[];
}

/** Keeps account of a stream: which accepted items have their verdict, which flagged ones their case. */
export class Ledger {
  private readonly tenant: string;
  private readonly verdicts: Pick<Verdicts, "findMany">;
  private readonly cases: Pick<Cases, "get">;
  private readonly waiting = new Map<string, ItemRef>();
  private readonly caseless = new Set<string>();
  private readonly byAction = Object.fromEntries(ACTIONS.map((action) => [action, 0])) as Record<Action, number>;
  private readonly latencies: number[] = [];
  private acceptedCount = 0;
  private refusedCount = 0;
  private reflectedCount = 0;
  private flagged = 0;
  private readonly started: number;

  constructor(tenant: string, stores: { verdicts: Pick<Verdicts, "findMany">; cases: Pick<Cases, "get"> }, now: Date) {
    this.tenant = tenant;
    this.verdicts = stores.verdicts;
    this.cases = stores.cases;
    this.started = now.getTime();
  }

  /** An accepted revision; the same one again is counted once. */
  accepted(ref: ItemRef): void {
    this.acceptedCount += 1;
    this.waiting.set(`${ref.kind}#${ref.id}#${ref.revision}`, ref);
  }

  refused(count = 1): void {
    this.refusedCount += count;
  }

  private settle(made: Verdict): void {
    const { kind, id, revision } = made.ref;
    if (!this.waiting.delete(`${kind}#${id}#${revision}`)) return;
    this.byAction[made.action] += 1;
    const received = new Date(made.receivedAt).getTime();
    // A verdict of an earlier run says nothing of this run's speed.
    if (received >= this.started) this.latencies.push(new Date(made.scoredAt).getTime() - received);
    if (!needsReview(made)) return;
    this.flagged += 1;
    this.caseless.add(caseIdOf(this.tenant, made.ref));
  }

  private reflect({ kind, id, revision }: ItemRef): void {
    if (this.waiting.delete(`${kind}#${id}#${revision}`)) this.reflectedCount += 1;
  }

  /** Looks for verdicts and cases that were missing. @returns whether any were found. */
  async look(): Promise<boolean> {
    const before = this.waiting.size + this.caseless.size;
    const refs = [...this.waiting.values()].slice(0, ROUND);
    for (let at = 0; at < refs.length; at += PAGE) {
      const found = await this.verdicts.findMany(this.tenant, refs.slice(at, at + PAGE));
      for (const made of found.verdicts) this.settle(made);
      for (const ref of found.reflected) this.reflect(ref);
    }
    const missing = [...this.caseless].slice(0, PAGE);
    await Promise.all(
      missing.map(async (id) => {
        if (await this.cases.get(this.tenant, id)) this.caseless.delete(id);
      }),
    );
    return this.waiting.size + this.caseless.size < before;
  }

  get complete(): boolean {
    return this.waiting.size === 0 && this.caseless.size === 0;
  }

  account(): Account {
    return {
      accepted: this.acceptedCount,
      refused: this.refusedCount,
      reflected: this.reflectedCount,
      verdicts: { ...this.byAction },
      casesExpected: this.flagged,
      cases: this.flagged - this.caseless.size,
      latencies: this.latencies.toSorted((a, b) => a - b),
    };
  }
}

/** The value below which a share of ascending numbers lies; undefined of none. */
export const quantile = (ascending: readonly number[], share: number): number | undefined =>
  ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))];
