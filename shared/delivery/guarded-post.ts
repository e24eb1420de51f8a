import { type ClientRequest, type IncomingMessage, request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { isIP, type LookupFunction, type Socket } from "node:net";
import { type AddressRefusal, refusalOfAddress } from "./address-rules.ts";
import { type AllowedHosts, type EndpointUrl, readEndpointUrl, type UrlRefusal } from "./endpoint-url.ts";
import type { ResolveName } from "./resolve-name.ts";
import { type TransportFailure, transportFailure } from "./transport-failure.ts";

/** Milliseconds that a request may take. */
export interface Patience {
  /** Until the name is resolved and the connection stands, its TLS included. */
  readonly connectMs: number;
  /** Until the status is known, all that included. */
  readonly totalMs: number;
}

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly patience: Patience;
}

export type PostFailure = UrlRefusal | AddressRefusal | TransportFailure;

/** `failed` with a code: nothing that a receiver sent is in it. */
export type PostResult =
  | { readonly kind: "answered"; readonly status: number; readonly retryAfter?: string }
  | { readonly kind: "failed"; readonly reason: PostFailure };

export type GuardedPost = (asked: PostRequest) => Promise<PostResult>;

export interface Guard {
  readonly resolve: ResolveName;
  readonly allowed: AllowedHosts;
  /** Certificate authorities (PEM) besides those that Node trusts. */
  readonly authorities?: readonly string[];
}

/** Bytes of an answer's body that are read, for the connection to end in good order; they are looked at by nobody. */
const MOST_READ = 65_536;
/** Milliseconds that reading them may take once the status is known. */
const DRAIN_MS = 500;

/**
 * Posts to addresses that others chose. The name is resolved once, every address that it has must be public, and the
 * connection goes to the first of those very addresses, so that a name that answers differently a moment later gains
 * nothing; the certificate is checked against the name. Redirects are answers like others: nothing follows them.
 */
export function guardedPost({ resolve, allowed, authorities }: Guard): GuardedPost {
  return async ({ url: text, headers, body, patience }) => {
    const endpoint = readEndpointUrl(text, allowed);
    if ("refused" in endpoint) return { kind: "failed", reason: endpoint.refused };
    const started = performance.now();
    const found = await addressOf(endpoint, resolve, patience.connectMs);
    if ("refused" in found) return { kind: "failed", reason: found.refused };
    const spent = performance.now() - started;
    const left = { connectMs: patience.connectMs - spent, totalMs: patience.totalMs - spent };
    return exchange(endpoint, found.address, { headers, body, authorities }, left);
  };
}

async function addressOf(
  { host, isAllowed }: EndpointUrl,
  resolve: ResolveName,
  withinMs: number,
): Promise<{ readonly address: string } | { readonly refused: PostFailure }> {
  if (isIP(host) !== 0) return { address: host };
  const late = Symbol("late");
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<typeof late>((done) => {
    timer = setTimeout(() => done(late), withinMs);
  });
  try {
    const addresses = await Promise.race([resolve(host), timeout]);
    const [address] = addresses === late ? [] : addresses;
    if (addresses === late || address === undefined) return { refused: "name_not_resolved" };
    // One inner address among public ones is how a name is made to lead inside now and then.
    const refused = isAllowed ? undefined : addresses.map(refusalOfAddress).find((reason) => reason !== undefined);
    return refused === undefined ? { address } : { refused };
  } catch {
    return { refused: "name_not_resolved" };
  } finally {
    clearTimeout(timer);
  }
}

interface Content {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly authorities: readonly string[] | undefined;
}

/** Node asks this instead of a resolver: it knows the verified address and nothing else. */
const pinned =
  (address: string): LookupFunction =>
  (_name, options, found) => {
    const family = isIP(address);
    if (options.all) found(null, [{ address, family }]);
    else found(null, address, family);
  };

function open({ url, host, port }: EndpointUrl, address: string, content: Content): ClientRequest {
  const isTls = url.protocol === "https:";
  const bytes = Buffer.from(content.body);
  return (isTls ? tlsRequest : plainRequest)({
    method: "POST",
    hostname: host,
    port,
    path: `${url.pathname}${url.search}`,
    lookup: pinned(address),
    // A connection of its own for each: one that is kept would have to be verified again.
    agent: false,
    headers: { ...content.headers, "content-length": String(bytes.length), connection: "close" },
    ...(isTls && isIP(host) === 0 && { servername: host }),
    ...(isTls && content.authorities && { ca: [...content.authorities] }),
  }).end(bytes);
}

function exchange(
  endpoint: EndpointUrl,
  address: string,
  content: Content,
  { connectMs, totalMs }: Patience,
): Promise<PostResult> {
  return new Promise((done) => {
    let request: ClientRequest | undefined;
    const timers: NodeJS.Timeout[] = [];
    const settle = (result: PostResult): void => {
      for (const timer of timers) clearTimeout(timer);
      done(result);
    };
    const fail = (reason: TransportFailure): void => {
      settle({ kind: "failed", reason });
      request?.destroy();
    };
    timers.push(setTimeout(() => fail("answer_timed_out"), Math.max(0, totalMs)));
    const connecting = setTimeout(() => fail("connection_timed_out"), Math.max(0, connectMs));
    timers.push(connecting);
    try {
      request = open(endpoint, address, content);
    } catch {
      // Node refuses a path or header that it cannot write.
      return fail("request_not_writable");
    }
    request.on("socket", (socket: Socket) => {
      socket.once(endpoint.url.protocol === "https:" ? "secureConnect" : "connect", () => clearTimeout(connecting));
    });
    request.on("response", (answer: IncomingMessage) => {
      const { statusCode = 0, headers } = answer;
      const retryAfter = headers["retry-after"];
      settle({ kind: "answered", status: statusCode, ...(retryAfter !== undefined && { retryAfter }) });
      drain(answer);
    });
    // Without a listener Node would keep a connection whose protocol was changed.
    request.on("upgrade", (_answer, socket) => {
      socket.destroy();
      fail("not_http");
    });
    request.on("error", (error) => fail(transportFailure(error)));
    request.on("close", () => fail("connection_reset"));
  });
}

/** Reads an answer's body up to a bound, for a moment, and cuts the rest. */
function drain(answer: IncomingMessage): void {
  let read = 0;
  const cut = (): void => {
    answer.destroy();
  };
  const timer = setTimeout(cut, DRAIN_MS);
  answer.on("data", (chunk: Buffer) => {
    read += chunk.length;
    if (read > MOST_READ) cut();
  });
  answer.on("error", cut);
  answer.on("close", () => clearTimeout(timer));
}
