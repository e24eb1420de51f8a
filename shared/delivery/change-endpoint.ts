import type { Endpoint, Endpoints } from "../store/endpoints.ts";

/** Times that somebody else may change it in between. */
const ATTEMPTS = 6;

/**
 * Changes what is remembered of an endpoint, from what stands there now.
 * @param next gives the same object back where nothing is to change, undefined where it cannot be
 * @returns what stands there afterwards, or undefined as `next` said.
 */
export async function changeEndpoint(
  endpoints: Pick<Endpoints, "get" | "change">,
  tenant: string,
  subscription: string,
  next: (current: Endpoint) => Endpoint | undefined | Promise<Endpoint | undefined>,
): Promise<Endpoint | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const current = await endpoints.get(tenant, subscription);
    const wanted = await next(current);
    if (wanted === undefined || wanted === current) return wanted;
    if (await endpoints.change(tenant, subscription, wanted)) return { ...wanted, version: current.version + 1 };
  }
  throw new Error("the endpoint's row was contended too long");
}
