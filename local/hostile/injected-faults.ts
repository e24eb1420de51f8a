import type { Call } from "../gate/call.ts";
import type { Interceptor } from "../gate/gate.ts";
import type { Hostility } from "./hostility.ts";
import { broken, reset, throttled } from "./mishap.ts";
import type { Operation } from "./operation.ts";
import { operationOf } from "./operation.ts";
import type { Fault } from "./options.ts";

/** Operations for which a part needs room on its disk. */
const writing = /^(Put|Update|Delete|BatchWrite|Send|Publish|Create)/;

function fits(call: Call, { name, resources }: Operation, { match, effect }: Fault): boolean {
  if (match.service !== undefined && match.service !== call.service) return false;
  if (match.operations !== undefined && !match.operations.includes(name)) return false;
  const { resource, contains } = match;
  if (resource !== undefined && !resources.some((one) => one.includes(resource))) return false;
  if (contains !== undefined && !call.body.includes(contains)) return false;
  return effect !== "disk-full" || writing.test(name);
}

/** The faults that stand in the options at the time of the call. */
export function injectedFaults({ options, tell }: Hostility): Interceptor {
  return async (call, next) => {
    const operation = operationOf(call);
    for (const fault of options().faults) {
      if (!fits(call, operation, fault)) continue;
      tell(fault.effect, `${call.service}:${operation.name}`);
      switch (fault.effect) {
        case "throttle":
          return throttled(call.service);
        case "refuse":
        case "disk-full":
          return broken(call.service);
        case "reset":
          return reset();
        case "delay":
          await new Promise((resolve) => setTimeout(resolve, fault.ms));
      }
    }
    return await next(call);
  };
}
