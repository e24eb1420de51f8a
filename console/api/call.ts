import { routeTable } from "../facts/route-table.ts";
import { type Answered, refusedBy, troubled } from "./answered.ts";
import type { AnswerOf, InputOf, RouteName } from "./route-types.ts";

/** Milliseconds after which nobody waits on. */
const PATIENCE_MS = 20_000;

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; 20,000 where left out. */
  readonly patience?: number | undefined;
}

/** Asks the API. Never throws but for an aborted `signal`; every other failure is an answer. */
export type Call = <N extends RouteName>(
  name: N,
  input: InputOf<N>,
  options?: CallOptions,
) => Promise<Answered<AnswerOf<N>>>;

/** Where calls get their tokens from. */
export interface TokenSource {
  /** The token to send, renewed where it ends soon; undefined where the session is over. */
  token(): Promise<string | undefined>;
  /** The API did not take this token: another one, or undefined where there is none to be had. */
  renewed(refused: string): Promise<string | undefined>;
}

interface Parts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

/** @returns the caller of the API that signs with the tokens of a session. */
export function openApi(tokens: TokenSource): Call {
  return async (name, input, { signal, patience = PATIENCE_MS } = {}) => {
    const { method } = routeTable[name];
    const { params = {}, query = {}, body } = input as Parts;
    const address = addressOf(routeTable[name].path, params, query);
    const send = (token: string) =>
      fetch(address, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(method === "POST" && { "content-type": "application/json" }),
        },
        // A route without fields of its own is still sent a body: the API wants JSON from every POST.
        ...(method === "POST" && { body: JSON.stringify(body ?? {}) }),
        cache: "no-store",
        credentials: "omit",
        signal: AbortSignal.any([AbortSignal.timeout(patience), ...(signal ? [signal] : [])]),
      });
    try {
      const token = await tokens.token();
      if (token === undefined) return troubled("signed_out");
      let response = await send(token);
      if (response.status === 401) {
        const other = await tokens.renewed(token);
        if (other === undefined) return { ...troubled("signed_out"), status: 401 };
        response = await send(other);
      }
      return await read(response);
    } catch (error) {
      signal?.throwIfAborted();
      return troubled(error instanceof DOMException && error.name === "TimeoutError" ? "timeout" : "offline");
    }
  };
}

async function read<T>(response: Response): Promise<Answered<T>> {
  const text = await response.text();
  try {
    const body: unknown = JSON.parse(text);
    return response.ok ? { ok: true, value: body as T } : refusedBy(body, response.status);
  } catch {
    return { ...troubled("broken_answer"), status: response.status };
  }
}

/** The path with its places filled and the query behind; fields that are undefined are left out. */
export function addressOf(path: string, params: Parts["params"] = {}, query: Parts["query"] = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${path} needs ${name}`);
    return encodeURIComponent(value);
  });
  const asked = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return asked.length === 0 ? filled : `${filled}?${new URLSearchParams(asked)}`;
}
