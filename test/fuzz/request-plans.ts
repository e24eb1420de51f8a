import fc from "fast-check";
import type { Route } from "../../shared/contracts/route.ts";
import { type RouteName, routes } from "../../shared/contracts/routes.ts";
import { item } from "../../shared/domain/item.ts";
import { MAX_BODY_BYTES } from "../../shared/runtime/read-body.ts";
import { hostileBody, hostileHeaders, hostileParameter, largeBodies } from "./hostile.ts";
import { nearValid } from "./near-valid.ts";
import { validOf } from "./schema-arbitrary.ts";

export type Sort = "valid" | "near" | "hostile";

/** One request to send, and what kind of answer may come. */
export interface RequestPlan {
  readonly name: RouteName;
  readonly sort: Sort;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

const JSON_TYPE = { "content-type": "application/json" };

type Fields = Readonly<Record<string, unknown>>;

/** Values that fit a schema and that its use case refuses all the same, as its description says. */
const NARROWED: Partial<Record<RouteName, { body?: (body: Fields) => boolean; query?: (query: Fields) => boolean }>> = {
  // Items are parsed one by one, so the body's own schema takes anything for one.
  intake: { body: ({ items }) => (items as unknown[]).every((one) => item.safeParse(one).success) },
  score: { body: (body) => ["post", "review"].includes(String((body.item as Fields).kind)) },
  // A cursor is what an answer before held.
  "erase-author": { body: ({ cursor }) => cursor === undefined },
  "list-cases": { query: ({ cursor }) => cursor === undefined },
  "list-decisions": { query: ({ cursor }) => cursor === undefined },
  "list-alerts": { query: ({ cursor }) => cursor === undefined },
  "get-author": { query: ({ cursor }) => cursor === undefined },
  "list-events": { query: ({ after }) => after === undefined },
  "list-audit": {
    query: (asked) => asked.cursor === undefined && (asked.day === undefined || asked.case === undefined),
  },
};

const always = () => true;

function partsOf(name: RouteName, known: readonly string[]) {
  const route: Route = routes[name];
  const { body: bodyFits = always, query: queryFits = always } = NARROWED[name] ?? {};
  const params = (validOf(route.params) as fc.Arbitrary<Fields>).chain((made) =>
    // Half of the time something that is there.
    "id" in made
      ? fc.oneof(
          fc.constant(made),
          fc.constantFrom(...known).map((id) => ({ ...made, id })),
        )
      : fc.constant(made),
  );
  const fittingParams: fc.Arbitrary<Fields> = params.filter((made) => route.params.safeParse(made).success);
  const query = (validOf(route.query) as fc.Arbitrary<Record<string, string>>).filter(queryFits);
  const body = route.body ? (validOf(route.body) as fc.Arbitrary<Fields>).filter(bodyFits) : undefined;
  return { route, params: fittingParams, query, body };
}

const bytes = (text: string): Uint8Array => Buffer.from(text);
const pathOf = ({ path }: Route, fill: (name: string) => string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => fill(name));
const queryOf = (query: Fields): string => {
  const text = new URLSearchParams(query as Record<string, string>).toString();
  return text === "" ? "" : `?${text}`;
};

function plansOf(name: RouteName, sort: Sort, known: readonly string[]): fc.Arbitrary<RequestPlan> {
  const { route, params, query, body } = partsOf(name, known);
  const noBody = fc.constant(undefined);
  const good = params.map((values) => pathOf(route, (param) => encodeURIComponent(String(values[param]))));
  const made = { name, sort };
  if (sort === "valid")
    return fc.tuple(good, query, body ?? noBody).map(([path, asked, sent]) => ({
      ...made,
      path: `${path}${queryOf(asked)}`,
      headers: sent ? JSON_TYPE : {},
      ...(sent && { body: bytes(JSON.stringify(sent)) }),
    }));
  if (sort === "near")
    return fc
      .tuple(
        good,
        fc.dictionary(fc.constantFrom("store", "limit", "lane", "x", "__proto__"), hostileParameter, { maxKeys: 1 }),
        body ? nearValid(body) : noBody,
      )
      .map(([path, asked, sent]) => ({
        ...made,
        path: `${path}${Object.entries(asked).map(([key, value]) => `?${key}=${value}`)}`,
        headers: sent === undefined ? {} : JSON_TYPE,
        ...(sent !== undefined && { body: bytes(sent) }),
      }));
  const bad = fc.infiniteStream(hostileParameter).map((stream) => pathOf(route, () => String(stream.next().value)));
  return fc
    .tuple(
      fc.oneof(good, bad),
      hostileHeaders,
      body ? hostileBody(body) : fc.oneof(noBody, hostileBody(fc.jsonValue())),
    )
    .map(([path, headers, sent]) => ({
      ...made,
      path,
      headers: { ...(sent && JSON_TYPE), ...headers },
      ...(sent && { body: sent }),
    }));
}

/**
 * Requests for every route: `runs` valid ones and twice as many of each other sort; the same ones for the same seed.
 * @param known ids of things that are there
 */
export function requestPlans(runs: number, seed: number, known: readonly string[]): RequestPlan[] {
  const names = Object.keys(routes) as RouteName[];
  const plans = names.flatMap((name) =>
    (["valid", "near", "hostile"] as const).flatMap((sort) =>
      fc.sample(plansOf(name, sort, known), { numRuns: sort === "valid" ? runs : 2 * runs, seed }),
    ),
  );
  const large = names.flatMap((name) =>
    routes[name].method === "POST" && !routes[name].path.includes("{")
      ? largeBodies(MAX_BODY_BYTES).map(
          (body): RequestPlan => ({ name, sort: "hostile", path: routes[name].path, headers: JSON_TYPE, body }),
        )
      : [],
  );
  return [...plans, ...large];
}
