import type { Context } from "aws-lambda";
import type { HttpStack } from "./http-stack.ts";

type Event = Parameters<HttpStack>[0];

/**
 * One function behind several routes (`served` in their contracts): each request goes to the stack of the route that API
 * Gateway found for it.
 */
export function httpRoutes(...stacks: readonly HttpStack[]) {
  const byKey = new Map(stacks.map((stack) => [stack.routeKey, stack]));
  return (event: Event, context: Context): ReturnType<HttpStack> => {
    const stack = byKey.get(event.routeKey);
    if (!stack) throw new Error("this function does not serve the route that it was called for");
    return stack(event, context);
  };
}
