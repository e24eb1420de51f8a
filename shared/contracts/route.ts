import type * as z from "zod";
import type { Role } from "../domain/tenant.ts";

/**
 * One route of the API. `name` is the folder of its function, unless `served` names another's. `callers` says who may call it and cannot be left out:
 * `"public"` needs no key, a list names the roles whose keys are let in.
 */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly name: string;
  /** The folder of the function that answers, where one function answers several routes. */
  readonly served?: string;
  readonly method: "GET" | "POST";
  readonly path: `/v1/${string}`;
  readonly callers: "public" | readonly [Role, ...Role[]];
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  /** Absent where the method has no body. */
  readonly body?: Body;
  readonly answer: { readonly status: number; readonly schema: Answer; readonly description: string };
  /** Codes of problems that this route answers with, besides those that every route has. */
  readonly problems: readonly string[];
}

/** Keeps the schemas' types; fails to compile where `callers` is missing. */
export const defineRoute = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  route: Route<P, Q, B, A>,
): Route<P, Q, B, A> => route;
