import type { Interceptor } from "../gate/gate.ts";
import { deliveries } from "./deliveries.ts";
import type { Hostility } from "./hostility.ts";
import { injectedFaults } from "./injected-faults.ts";
import type { HostileOptions } from "./options.ts";
import { outages } from "./outages.ts";
import { partialMessages } from "./partial-messages.ts";
import { partialTables } from "./partial-tables.ts";
import { staleIndex } from "./stale-index.ts";
import { throttling } from "./throttling.ts";
import { topicLimit } from "./topic-limit.ts";

/**
 * What AWS does to callers and the embedded parts are too kind to do. Item and page sizes, batch sizes and message
 * sizes are the parts' own business, and they keep to them.
 * @param options asked anew for each call
 * @param log takes one line for each mishap, without content
 */
export function hostileInterceptors(options: () => HostileOptions, log: (line: string) => void): Interceptor[] {
  const hostility: Hostility = { options, tell: (kind, about) => log(`hostile: ${kind} ${about}`) };
  return [
    injectedFaults(hostility),
    outages(hostility),
    topicLimit,
    partialTables(hostility),
    partialMessages(hostility),
    throttling(hostility),
    staleIndex(hostility),
    deliveries(hostility),
  ];
}
