import { MetricUnit } from "@aws-lambda-powertools/metrics";
import type { PolicyState, VersionOf } from "../domain/policy-state.ts";
import { builtInPolicies, compilePolicies, type PoliciesOf, type PolicySet } from "../policy/compiled-policies.ts";
import type { Quarantine } from "../policy/compiled-rule.ts";
import type { ActivePolicy } from "../policy/inherited-rules.ts";
import { type Policies, policyStore } from "../store/policies.ts";
import type { Table } from "../store/table.ts";
import type { Clock } from "./clock.ts";
import { expiringCache } from "./expiring-cache.ts";
import { logger, metrics } from "./logger.ts";
import { documentOf } from "./policy-documents.ts";

/** Seconds that an execution environment trusts what it read of a tenant's policies: a change is live after these. */
const POLICY_SECONDS = 30;
/** Tenants whose compiled policies are kept. */
const MOST_TENANTS = 1_000;
const MOST_DOCUMENTS = 2_000;
const DAY_SECONDS = 86_400;

/** Active policies that cannot be used. Names policies with their versions or rules; never what stands in them. */
class UnusablePolicies extends Error {
  override readonly name = "UnusablePolicies";
  readonly which: readonly string[];
  constructor(which: readonly string[]) {
    super("stored policies that this code cannot use");
    this.which = which;
  }
}

/** A policy and version in a key of the cache of documents; `#` is in none of them. */
const keyOf = (tenant: string, { id, version }: VersionOf): string => `${tenant}#${id}#${version}`;

function documentCache(policies: Pick<Policies, "get">, clock: Clock) {
  const load = async (key: string) => {
    const [tenant = "", id = "", version = ""] = key.split("#");
    const document = await documentOf(policies, tenant, { id, version: Number(version) });
    if (!document) throw new UnusablePolicies([`${id} ${version}`]);
    return document;
  };
  return expiringCache(load, DAY_SECONDS, clock, MOST_DOCUMENTS);
}

export interface PolicyCacheOptions {
  readonly seconds?: number;
  /** What the flood breaker holds at a tenant now. */
  readonly quarantinesOf?: (tenant: string) => Promise<readonly Quarantine[]>;
}

/** What was compiled for a tenant, and of what: a key that is another one for every change. */
interface Compiled {
  readonly of: string;
  readonly set: PolicySet;
}

/**
 * What decides for each tenant: its active policies, read by one small read for each `seconds` and compiled once for each
 * change of them; documents never change and are read once. Where stored policies cannot be used by this code, what was
 * used before goes on, or else the built-in policy, and `PoliciesUnusable` is counted: scoring never stops for a policy.
 */
export function policyCache(
  policies: Pick<Policies, "get" | "active">,
  clock: Clock,
  { seconds = POLICY_SECONDS, quarantinesOf = async () => [] }: PolicyCacheOptions = {},
): PoliciesOf {
  const documents = documentCache(policies, clock);
  const compiled = new Map<string, Compiled>();

  const all = (tenant: string, versions: readonly VersionOf[]): Promise<ActivePolicy[]> =>
    Promise.all(versions.map(async (one) => ({ document: await documents(keyOf(tenant, one)), version: one.version })));

  // A candidate that cannot be used decides nothing, and so takes nothing with it.
  const usable = async (tenant: string, versions: readonly VersionOf[]): Promise<ActivePolicy[]> => {
    const read = await Promise.allSettled(versions.map((one) => all(tenant, [one])));
    for (const one of read)
      if (one.status === "rejected" && !(one.reason instanceof UnusablePolicies)) throw one.reason;
    return read.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  };

  const compile = async (
    tenant: string,
    { epoch, ...state }: PolicyState,
    quarantined: readonly Quarantine[],
  ): Promise<PolicySet> => {
    const [active, shadows] = await Promise.all([all(tenant, state.active), usable(tenant, state.shadows)]);
    const set = compilePolicies(active, { epoch, quarantined, shadows });
    if (set.unreadable.length > 0) throw new UnusablePolicies(set.unreadable);
    return set;
  };

  const remember = (tenant: string, made: Compiled): PolicySet => {
    compiled.delete(tenant);
    compiled.set(tenant, made);
    if (compiled.size > MOST_TENANTS) {
      const oldest = compiled.keys().next();
      if (!oldest.done) compiled.delete(oldest.value);
    }
    return made.set;
  };

  const load = async (tenant: string): Promise<PolicySet> => {
    const [state, quarantined] = await Promise.all([policies.active(tenant), quarantinesOf(tenant)]);
    if (state.epoch === 0 && quarantined.length === 0) return builtInPolicies;
    const of = JSON.stringify([state.epoch, quarantined]);
    const known = compiled.get(tenant);
    // A read may come from before the latest change: what is known then goes on.
    if (known && (known.of === of || state.epoch < known.set.epoch)) return remember(tenant, known);
    try {
      return remember(tenant, { of, set: await compile(tenant, state, quarantined) });
    } catch (error) {
      if (!(error instanceof UnusablePolicies)) throw error;
      logger.error("policies cannot be used", { tenant, epoch: state.epoch, which: error.which.slice(0, 10) });
      metrics.addMetric("PoliciesUnusable", MetricUnit.Count, 1);
      return known?.set ?? builtInPolicies;
    }
  };
  return expiringCache(load, seconds, clock);
}

/** As `policyCache`, from the directory. */
export const cachedPolicies = (directory: Table, clock: Clock, options?: PolicyCacheOptions): PoliciesOf =>
  policyCache(policyStore(directory), clock, options);
