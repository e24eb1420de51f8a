import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { Route } from "../contracts/route.ts";

interface Event {
  readonly routeKey: string;
}
type Handler<E> = (event: E, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * One function that answers several routes, each within its own stack: role, schemas and answer are the route's, not the
 * function's.
 * @throws where the API sends a request of a route that is not among them: a fault of the deployment
 */
export function httpRoutes<E extends Event>(
  served: readonly (readonly [Pick<Route, "method" | "path">, Handler<E>])[],
): Handler<E> {
  const byKey = new Map(served.map(([{ method, path }, handler]) => [`${method} ${path}`, handler]));
  return async (event, context) => {
    const handler = byKey.get(event.routeKey);
    if (!handler) throw new Error("a route that this function does not serve");
    return handler(event, context);
  };
}
