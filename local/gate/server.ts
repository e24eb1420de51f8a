import type { Server } from "node:http";
import { createServer } from "node:http";
import type { Answer, Call, Service } from "./call.ts";
import { ConnectionLost } from "./refusal.ts";

/** Serves one service's protocol on loopback: every request goes to `handle`, whole. */
export function serve(service: Service, handle: (call: Call) => Promise<Answer>, log: (line: string) => void): Server {
  // Connections are closed by clients only: one that is closed while a client begins to use it is a failed call.
  return createServer({ keepAliveTimeout: 0 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("error", () => response.destroy());
    request.on("end", async () => {
      const body = chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString();
      const answer = await handle({ service, headers: request.headers, path: request.url ?? "/", body }).catch(
        (error: unknown) => {
          if (error instanceof ConnectionLost) return undefined;
          log(`${service} failed: ${error instanceof Error ? error.name : "unknown fault"}`);
          return broken;
        },
      );
      if (answer === undefined) return request.socket.resetAndDestroy();
      response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
      response.end(answer.body);
    });
  });
}

/** A fault of ours: said as a service failure, which SDK clients retry. */
const broken: Answer = {
  status: 500,
  headers: { "content-type": "application/json" },
  body: '{"__type":"InternalFailure"}',
};
