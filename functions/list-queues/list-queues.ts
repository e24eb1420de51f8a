import type { routes } from "../../shared/contracts/routes.ts";
import { DEFAULT_QUEUE, ESCALATIONS, type Queue } from "../../shared/domain/routing.ts";
import { LANES } from "../../shared/domain/verdict.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Claims } from "../../shared/store/claims.ts";
import type { Depths } from "../../shared/store/depths.ts";
import type { Routings } from "../../shared/store/routings.ts";

export interface ListQueues {
  readonly routings: Pick<Routings, "get">;
  readonly depths: Pick<Depths, "of">;
  readonly claims: Pick<Claims, "laneState">;
}

/** The tenant's queues, and the two that every tenant has. */
export const listQueues =
  ({ routings, depths, claims }: ListQueues): UseCase<(typeof routes)["list-queues"]> =>
  async ({ caller: { tenant }, now }) => {
    const { version, queues } = await routings.get(tenant);
    const isNamed = (name: string): boolean => queues.some((one) => one.name === name);
    const always: Queue[] = [DEFAULT_QUEUE, ESCALATIONS]
      .filter((name) => !isNamed(name))
      .map((name) => ({ name, rules: [] }));
    const lanesOf = async (name: string) => {
      const counted = await depths.of(tenant, name);
      return Promise.all(
        LANES.map(async (lane) => {
          const { seen, all, oldest } = await claims.laneState(tenant, name, lane);
          const waiting = all ? seen : Math.max(seen, counted.get(lane) ?? 0);
          if (oldest === undefined) return { lane, waiting };
          const oldestSeconds = Math.max(0, Math.round((now.getTime() - new Date(oldest).getTime()) / 1000));
          return { lane, waiting, oldestSeconds };
        }),
      );
    };
    const shown = [...queues, ...always].map(async (one) => ({ ...one, lanes: await lanesOf(one.name) }));
    return answer({ version, queues: await Promise.all(shown) });
  };
