import type { Role } from "../../shared/domain/tenant.ts";
import type { RouteName } from "../api/route-types.ts";
import { routeTable } from "../facts/route-table.ts";

/** Whether the contracts let a role call a route; what the role then sees is the API's to say. */
export function mayCall(role: Role, route: RouteName): boolean {
  const callers: "public" | readonly Role[] = routeTable[route].callers;
  return callers === "public" || callers.includes(role);
}
