import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname } from "node:path";

const FOLDER = new URL("../console/", import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};
const COOKIE = "touchstone_session";

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

export interface ConsoleServer {
  /** A new link that signs one browser in, once. */
  newLink(url: string): string;
  /** Handles the page and its session; false where the request is the API's. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

/**
 * The page of cases on one machine, until people can sign in: a one-time token in the printed link becomes a session
 * cookie, and requests of that session to the API carry the moderator's key, which never reaches the browser.
 */
export function consoleServer(moderatorToken: string): ConsoleServer {
  const links = new Set<string>();
  const sessions = new Set<string>();

  const hasSession = (request: IncomingMessage): boolean => {
    const cookies = (request.headers.cookie ?? "").split(/;\s*/).map((pair) => pair.split("="));
    const session = cookies.find(([name]) => name === COOKIE)?.[1];
    return session !== undefined && [...sessions].some((known) => same(known, session));
  };

  const say = (response: ServerResponse, status: number, sentence: string): true => {
    response.writeHead(status, { ...HEADERS, "content-type": "text/plain; charset=utf-8" }).end(`${sentence}\n`);
    return true;
  };

  const signIn = (response: ServerResponse, token: string): true => {
    const link = [...links].find((known) => same(known, token));
    if (!link) return say(response, 403, "This link was used already. Press Enter in the terminal for a new one.");
    links.delete(link);
    const session = randomBytes(32).toString("base64url");
    sessions.add(session);
    const cookie = `${COOKIE}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    response.writeHead(303, { ...HEADERS, location: "/", "set-cookie": cookie }).end();
    return true;
  };

  const serveFile = async (response: ServerResponse, path: string): Promise<boolean> => {
    const name = path === "/" ? "index.html" : path.slice(1);
    const type = TYPES[extname(name)];
    if (!type || !/^[a-z0-9-]+\.[a-z]+$/.test(name)) return false;
    const body = await readFile(new URL(name, FOLDER)).catch(() => undefined);
    if (!body) return false;
    response.writeHead(200, { ...HEADERS, "content-type": type }).end(body);
    return true;
  };

  return {
    newLink(url) {
      const token = randomBytes(24).toString("base64url");
      links.add(token);
      return `${url}/?token=${token}`;
    },
    async handle(request, response) {
      const own = request.headers.host ?? "";
      // A page of another site could point a name of its own at 127.0.0.1: only our names are answered.
      if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(own)) return say(response, 403, "Not a name of this server.");
      const { pathname, searchParams } = new URL(request.url ?? "/", `http://${own}`);
      if (pathname.startsWith("/v1/")) {
        const origin = request.headers.origin;
        const fromPage = origin === undefined ? request.method === "GET" : origin === `http://${own}`;
        if (!request.headers.authorization && fromPage && hasSession(request))
          request.headers.authorization = `Bearer ${moderatorToken}`;
        return false;
      }
      if (request.method !== "GET") return false;
      const token = searchParams.get("token");
      if (token !== null && pathname === "/") return signIn(response, token);
      if (pathname === "/" && !hasSession(request))
        return say(response, 401, "Open the link that `npm start` printed; press Enter in its terminal for a new one.");
      return serveFile(response, pathname);
    },
  };
}
