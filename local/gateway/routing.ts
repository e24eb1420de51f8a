/** Picks the route of a request, as an HTTP API does. */
export interface Matcher<Route> {
  match(method: string, path: string): { route: Route; pathParameters: Record<string, string> } | undefined;
}

interface Pattern<Route> {
  method: string;
  segments: string[];
  greedy: boolean;
  route: Route;
  rank: number;
}

/**
 * @param routes by route key, such as `GET /v1/cases/{id}`; a last segment `{name+}` takes the rest of the path
 */
export function matcherOf<Route extends { key: string }>(routes: readonly Route[]): Matcher<Route> {
  const patterns = routes.map(patternOf).sort((a, b) => b.rank - a.rank);
  return {
    match(method, path) {
      const actual = path.split("/").slice(1);
      for (const pattern of patterns) {
        if (pattern.method !== "ANY" && pattern.method !== method) continue;
        const pathParameters = parametersOf(pattern, actual);
        if (pathParameters !== undefined) return { route: pattern.route, pathParameters };
      }
      return undefined;
    },
  };
}

function patternOf<Route extends { key: string }>(route: Route): Pattern<Route> {
  const [method = "", path = ""] = route.key === "$default" ? ["ANY", "/{proxy+}"] : route.key.split(" ");
  const segments = path.split("/").slice(1);
  const greedy = segments.at(-1)?.endsWith("+}") ?? false;
  // Words before parameters, a named method before ANY, and what takes everything last.
  const words = segments.filter((segment) => !segment.startsWith("{")).length;
  const rank = (greedy ? 0 : 10_000) + words * 10 + (method === "ANY" ? 0 : 1) - (route.key === "$default" ? 5 : 0);
  return { method, segments, greedy, route, rank };
}

function parametersOf(pattern: Pattern<unknown>, actual: string[]): Record<string, string> | undefined {
  const { segments, greedy } = pattern;
  if (greedy ? actual.length < segments.length : actual.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = actual[index] ?? "";
    if (!segment.startsWith("{")) {
      if (segment !== value) return undefined;
    } else if (greedy && index === segments.length - 1) {
      parameters[segment.slice(1, -2)] = actual.slice(index).join("/");
    } else {
      if (value === "") return undefined;
      parameters[segment.slice(1, -1)] = value;
    }
  }
  return parameters;
}
