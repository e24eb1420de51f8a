import type { Interceptor } from "../gate/gate.ts";
import { chance } from "./chance.ts";
import type { Hostility } from "./hostility.ts";
import { broken, reset } from "./mishap.ts";
import { operationOf } from "./operation.ts";

/** Now and then a call is not carried out, or it is and nobody hears of it: half as a fault, half as a reset. */
export function outages({ options, tell }: Hostility): Interceptor {
  const draw = chance(options().seed, "outages");
  return async (call, next) => {
    const { outages: before, lostAnswers: after } = options();
    if (before + after === 0) return await next(call);
    const [drawn, asReset] = [draw(), draw() < 0.5];
    const about = `${call.service}:${operationOf(call).name}`;
    const end = () => (asReset ? reset() : broken(call.service));
    if (drawn < before) {
      tell("outage", about);
      return end();
    }
    const answer = await next(call);
    if (drawn >= before + after) return answer;
    // Who loses what was received waits out its whole visibility: late deliveries say the same in seconds.
    if (about === "sqs:ReceiveMessage") return answer;
    tell("lost answer", about);
    return end();
  };
}
