import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { consoleHeaders } from "../shared/contracts/console-headers.ts";
import type { LocalEdge } from "./edge/console-edge.ts";
import type { LocalHandler } from "./gateway/gateway.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

export interface ConsoleFiles {
  /** Where the console was built into, and the files in it that are its own. */
  readonly folder: string;
  readonly files: readonly { readonly path: string }[];
  /** What stands in front of it; its templates may declare none. */
  readonly edge: LocalEdge | undefined;
  /** What the console reads as /config.json: where people sign in. No secrets. */
  readonly config: { readonly issuer: string; readonly clientId: string } | undefined;
}

/** Serves the console on one machine as the edge does on AWS: its files with their headers, and /config.json. */
export function serveConsole({ folder, files, edge, config }: ConsoleFiles): LocalHandler {
  const own = new Set(files.map(({ path }) => path));
  const security = consoleHeaders({ connect: [] });
  const send = (response: ServerResponse, status: number, headers: Record<string, string>, body: string | Buffer) => {
    response.writeHead(status, { ...security, ...headers }).end(body);
    return true;
  };
  const say = (response: ServerResponse, status: number, sentence: string) =>
    send(response, status, { "content-type": "text/plain; charset=utf-8" }, `${sentence}\n`);

  return async (request, response) => {
    const { host = "", method = "" } = { host: request.headers.host, method: request.method };
    // A page of another site could point a name of its own at 127.0.0.1: only our names are answered.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return say(response, 403, "Not a name of this server.");
    const url = new URL(request.url ?? "/", `http://${host}`);
    const rule = edge?.rule(method, url.pathname);
    if (!edge ? url.pathname.startsWith("/v1/") : rule?.to === "api") return false;
    if (rule?.to === "refused" || !["GET", "HEAD"].includes(method)) return say(response, 403, "Only to be read.");
    // The provider knows the console by one name.
    if (host.startsWith("localhost")) {
      const location = `http://${host.replace("localhost", "127.0.0.1")}${url.pathname}${url.search}`;
      return send(response, 307, { location, "cache-control": "no-store" }, "");
    }
    if (url.pathname === "/config.json") {
      if (!config) return say(response, 404, "Nobody can sign in here: no stack declares a client of a user pool.");
      const headers = { "content-type": "application/json", "cache-control": "no-store" };
      return send(response, 200, headers, JSON.stringify({ issuer: config.issuer, clientId: config.clientId }));
    }
    const key = rule?.to === "console" ? rule.key : extname(url.pathname) ? url.pathname.slice(1) : "index.html";
    if (!own.has(key)) return say(response, 404, "There is no such file.");
    const type = TYPES[extname(key)] ?? "application/octet-stream";
    const headers = { ...(rule?.to === "console" && rule.headers), "content-type": type };
    return send(response, 200, headers, await readFile(join(folder, key)));
  };
}
