import type { routes } from "../../shared/contracts/routes.ts";
import type { ShadowCounts, ShadowDifference } from "../../shared/domain/shadow.ts";
import { ACTIONS } from "../../shared/domain/verdict.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, notFound } from "../../shared/runtime/result.ts";
import { wilson } from "../../shared/scoring/statistics.ts";
import type { AudienceVerdicts } from "../../shared/store/audience-verdicts.ts";
import type { Policies } from "../../shared/store/policies.ts";
import type { ShadowDifferences } from "../../shared/store/shadow-differences.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";

export interface ReportShadow {
  readonly policies: Pick<Policies, "active" | "get">;
  readonly shadows: Pick<ShadowDifferences, "counts" | "latest">;
  readonly verdicts: Pick<Verdicts, "findMany">;
  readonly audiences: Pick<AudienceVerdicts, "accountNamed" | "latest">;
}

const MOST_LATEST = 50;

const shareOf = (part: number, whole: number) => ({ estimate: whole === 0 ? 0 : part / whole, ...wilson(part, whole) });

const movesOf = ({ moves, evaluated }: ShadowCounts) =>
  ACTIONS.flatMap((from) =>
    ACTIONS.flatMap((to) => {
      const items = moves[`${from}>${to}`] ?? 0;
      return items === 0 ? [] : [{ from, to, items, share: shareOf(items, evaluated) }];
    }),
  ).sort((a, b) => b.items - a.items);

/** What a candidate would have done otherwise: counts, and the latest items that are still known. */
export function reportShadow({
  policies,
  shadows,
  verdicts,
  audiences,
}: ReportShadow): UseCase<(typeof routes)["get-shadow"]> {
  /** Whose verdict is gone, by its time or because its author asked to be forgotten, is not shown. */
  const known = async (
    tenant: string,
    all: readonly ShadowDifference[],
    now: Date,
  ): Promise<readonly ShadowDifference[]> => {
    const written = all.filter(({ ref }) => ref.kind !== "audience");
    const { verdicts: found } = await verdicts.findMany(
      tenant,
      written.map(({ ref }) => ref),
    );
    const standing = new Set(found.map(({ ref }) => JSON.stringify([ref.kind, ref.id, ref.revision])));
    const names = [...new Set(all.filter((one) => !written.includes(one)).map(({ ref }) => ref.id))];
    const accounts = new Map(
      await Promise.all(
        names.map(async (name) => {
          const account = await audiences.accountNamed(tenant, name);
          const latest = account === undefined ? undefined : await audiences.latest(tenant, account, now);
          return [name, latest?.verdict && account] as const;
        }),
      ),
    );
    return all.flatMap((one) => {
      const { kind, id, revision } = one.ref;
      if (kind !== "audience") return standing.has(JSON.stringify([kind, id, revision])) ? [one] : [];
      const account = accounts.get(id);
      return account === undefined ? [] : [{ ...one, ref: { kind, id: account, revision } }];
    });
  };

  return async ({ caller: { tenant }, params: { id }, query, now }) => {
    const state = await policies.active(tenant, true);
    const running = state.shadows.filter((one) => one.id === id);
    const version = query.version === undefined ? running.at(-1)?.version : Number(query.version);
    // What was never saved here was never asked, even where somebody guesses its name.
    const saved = version !== undefined && running.some((one) => one.version === version);
    const of = saved ? { id, version } : await policies.get(tenant, id, version);
    if (!of)
      return notFound(
        "This tenant has no such version of such a policy.",
        "use the id of a policy that GET /v1/policies lists, and one of its versions",
      );
    const [counts, differing] = await Promise.all([
      shadows.counts(tenant, of, now),
      shadows.latest(tenant, of, MOST_LATEST, now),
    ]);
    const different = Object.values(counts.moves).reduce((sum, items) => sum + items, 0);
    return answer({
      id,
      version: of.version,
      isRunning: running.some((one) => one.version === of.version),
      ...(counts.since ? { since: counts.since.toISOString() } : {}),
      evaluated: counts.evaluated,
      different,
      share: shareOf(different, counts.evaluated),
      moves: movesOf(counts),
      latest: [...(await known(tenant, differing, now))],
    });
  };
}
