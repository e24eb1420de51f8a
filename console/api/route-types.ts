import type * as z from "zod";
import type { routes } from "../../shared/contracts/routes.ts";

type Routes = typeof routes;
export type RouteName = keyof Routes;

type Sent<Schema> = Schema extends z.ZodType ? z.input<Schema> : never;

/** What is sent as body; `unknown` for routes that have none. */
type BodyOf<N extends RouteName> = Sent<NonNullable<Routes[N]["body"]>>;

/** Names of the routes that only read: they have no body. */
export type ReadName = { [N in RouteName]: unknown extends BodyOf<N> ? N : never }[RouteName];
/** Names of the routes that change something. */
export type ActName = Exclude<RouteName, ReadName>;

/** A part of a request: optional where it has no fields that must be there. */
type Part<Name extends string, Value> = unknown extends Value
  ? unknown
  : string extends keyof Value
    ? { readonly [N in Name]?: Record<never, never> }
    : Partial<Value> extends Value
      ? { readonly [N in Name]?: Value }
      : { readonly [N in Name]: Value };

/** What a route is asked with: `params` of its path, `query` and `body`, as far as it has them. */
export type InputOf<N extends RouteName> = Part<"params", Sent<Routes[N]["params"]>> &
  Part<"query", Sent<Routes[N]["query"]>> &
  Part<"body", BodyOf<N>>;

/** What a route answers with when all went well. */
export type AnswerOf<N extends RouteName> = z.output<Routes[N]["answer"]["schema"]>;
