import type { Connection } from "../../../local/connection.ts";

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted field by field
  readonly json: any;
}

/** Calls the API of a running Touchstone as somebody with `token`. */
export function apiOf({ url }: Pick<Connection, "url">, token: string | undefined) {
  return async (method: "GET" | "POST", path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const type = response.headers.get("content-type") ?? "";
    return {
      status: response.status,
      type,
      text,
      json: type.includes("json") ? JSON.parse(text) : undefined,
    } as Answer;
  };
}
export type Api = ReturnType<typeof apiOf>;

/** A public comment with defaults for everything that a test does not speak of. */
export const aPost = (id: string, text: string, more: Record<string, unknown> = {}) => ({
  kind: "post",
  id,
  createdAt: "2026-11-22T15:04:05Z",
  channel: { id: "comments", visibility: "public", surface: "comment" },
  author: { id: "author-1" },
  text,
  ...more,
});

/** Asks until `wanted` says yes, for at most `seconds`. */
export async function eventually<T>(ask: () => Promise<T>, wanted: (value: T) => boolean, seconds = 20): Promise<T> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const value = await ask();
    if (wanted(value)) return value;
    if (Date.now() > until) throw new Error(`not within ${seconds} s; last: ${JSON.stringify(value).slice(0, 400)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** All open cases of the tenant, page by page. */
export async function allCases(api: Api): Promise<{ id: string; ref: { id: string; revision: string } }[]> {
  const found = [];
  let cursor: string | undefined;
  do {
    const page = await api("GET", `/v1/cases?limit=200${cursor ? `&cursor=${cursor}` : ""}`);
    if (page.status !== 200) throw new Error(page.text);
    found.push(...page.json.cases);
    cursor = page.json.cursor;
  } while (cursor);
  return found;
}

/** The items of all open cases: the first of each, and the members of clusters. */
export async function allItems(api: Api): Promise<{ ref: { id: string; revision: string } }[]> {
  const cases = await allCases(api);
  const members = await Promise.all(
    cases.map(async ({ id }) => (await api("GET", `/v1/cases/${id}/members?limit=200`)).json.members),
  );
  return [...cases, ...members.flat()];
}
