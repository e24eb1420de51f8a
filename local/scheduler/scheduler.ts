import { Cron } from "croner";
import { TemplateRefused } from "../template/world.ts";

export interface SchedulePlan {
  name: string;
  /** `rate(…)` or `cron(…)`, as EventBridge Scheduler takes them. */
  expression: string;
  timezone: string;
  enabled: boolean;
  run: () => Promise<void>;
}

export interface Scheduler {
  names(): string[];
  /** Runs a schedule now, whether or not it is enabled, and waits for it. */
  tick(name: string): Promise<void>;
  /** Begins to run the enabled ones at their times. */
  start(): void;
  stop(): void;
}

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** @throws TemplateRefused on an expression that it cannot read */
export function openScheduler(plans: readonly SchedulePlan[]): Scheduler {
  const byName = new Map(plans.map((plan) => [plan.name, plan]));
  const enabled = plans.filter((plan) => plan.enabled).map((plan) => ({ plan, begin: readTimes(plan) }));
  let stops: (() => void)[] = [];
  return {
    names: () => [...byName.keys()],
    async tick(name) {
      const plan = byName.get(name);
      if (plan === undefined) throw new Error(`no schedule is named ${name}`);
      await plan.run();
    },
    start() {
      stops = enabled.map(({ plan, begin }) => begin(() => void plan.run()));
    },
    stop() {
      for (const stop of stops) stop();
      stops = [];
    },
  };
}

type Begin = (run: () => void) => () => void;

function readTimes({ name, expression, timezone }: SchedulePlan): Begin {
  const [, kind, inside = ""] = /^(rate|cron)\((.+)\)$/.exec(expression) ?? [];
  if (kind === "rate") {
    const [, count = "", unit = ""] = /^(\d+) (minute|hour|day)s?$/.exec(inside) ?? [];
    const intervalMs = Number(count) * (unitMs[unit as keyof typeof unitMs] ?? 0);
    if (intervalMs > 0) {
      return (run) => {
        const timer = setInterval(run, intervalMs);
        return () => clearInterval(timer);
      };
    }
  }
  if (kind === "cron") {
    const [minute, hour, dayOfMonth, month, dayOfWeek, year] = inside.split(" ");
    // What croner and AWS read differently (the last day, the nth weekday, single years) is refused.
    if (year === "*" && !/[#LW]/.test(`${dayOfMonth}${dayOfWeek?.replace(/WED/g, "")}`)) {
      // AWS counts the days of the week from 1 (Sunday), cron from 0.
      const days = dayOfWeek?.replace(/\d/g, (day) => String(Number(day) - 1));
      const pattern = [minute, hour, dayOfMonth, month, days].join(" ").replaceAll("?", "*");
      const job = cronJob(pattern, timezone);
      if (job !== undefined) {
        return (run) => {
          job.schedule(run);
          return () => job.stop();
        };
      }
    }
  }
  throw new TemplateRefused(`the schedule ${name} has an expression not known to the embedded cloud: ${expression}`);
}

/** Undefined where croner cannot read the pattern. `0/5` is AWS's way to say "from 0, every 5". */
function cronJob(pattern: string, timezone: string): Cron | undefined {
  try {
    return new Cron(pattern, { timezone, protect: true, sloppyRanges: true });
  } catch {
    return undefined;
  }
}
