import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import type { Asked, ReceiverPlan, Told } from "./receiver.ts";

// A receiver in a process of its own: verifies what comes with the published library, and answers as its path says:
// /do/500,429_30,200/name answers in turn, the last from then on. Set up and asked over the process's channel.

const HUGE = 10 * 1024 * 1024;
const requests: Asked[] = [];
const turns = new Map<string, number>();
const secrets = new Map<string, readonly string[]>();
const inside = new Map<string, number>();
/** What was said while it ran, over what paths say. */
const overrides = new Map<string, { readonly answers: readonly string[]; turn: number }>();

/** The library asks this clock whether a message's time is right; tests that let days pass move it. */
const realNow = Date.now;
let aheadMs = 0;
Date.now = () => realNow() + aheadMs;

function verify(name: string, headers: IncomingMessage["headers"], body: string): Pick<Asked, "verified" | "fault"> {
  let fault = "no secret is known";
  for (const secret of secrets.get(name) ?? []) {
    try {
      new Webhook(secret).verify(body, headers as Record<string, string>);
      return { verified: true };
    } catch (error) {
      fault = error instanceof Error ? error.message : "unknown";
    }
  }
  return { verified: false, fault };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function behave(how: string, request: IncomingMessage, response: ServerResponse, isVerified: boolean) {
  const [what = "", detail = ""] = how.split("_");
  switch (what) {
    case "reset":
      return void request.socket.resetAndDestroy();
    case "close":
      return void request.socket.destroy();
    case "hang":
      return;
    case "slow":
      await wait(Number(detail));
      return void response.writeHead(200).end("thanks");
    case "drip": {
      response.writeHead(200);
      const timer = setInterval(() => response.write("."), 100);
      return void response.on("close", () => clearInterval(timer));
    }
    case "huge": {
      response.writeHead(200, { "content-length": HUGE });
      const chunk = Buffer.alloc(65_536, 0x61);
      for (let sent = 0; sent < HUGE && !response.destroyed; sent += chunk.length)
        if (!response.write(chunk))
          await Promise.race([wait(1_000), new Promise((done) => response.once("drain", done))]);
      return void response.end();
    }
    case "headers":
      return void request.socket.end(`HTTP/1.1 200 OK\r\nx: ${"a".repeat(100_000)}\r\n\r\n`);
    case "garbage":
      return void request.socket.end("220 mail.example.com ESMTP\r\n");
    case "upgrade":
      return void request.socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n");
    case "302":
      return void response.writeHead(302, { location: decodeURIComponent(detail) }).end();
    case "429":
      return void response.writeHead(429, { "retry-after": decodeURIComponent(detail) }).end("slowly");
    case "verified":
      return void response.writeHead(isVerified ? 200 : 400).end();
    default:
      return void response.writeHead(Number(what)).end("as you wish");
  }
}

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { url = "", headers, method = "" } = request;
  const [, , plan = "200", name = ""] = url.split("/");
  const now = (inside.get(name) ?? 0) + 1;
  inside.set(name, now);
  request.socket.once("close", () => inside.set(name, (inside.get(name) ?? 1) - 1));
  const body = await text(request);
  const seen = verify(name, headers, body);
  const id = String(headers["webhook-id"]);
  const { host = "" } = headers;
  requests.push({ method, url, host, name, id, body, headers, at: Date.now(), side: now, ...seen });
  await behave(nextAnswer(url, plan, name), request, response, seen.verified);
}

function nextAnswer(url: string, plan: string, name: string): string {
  const over = overrides.get(name);
  const answers = over?.answers ?? plan.split(",");
  const turn = over ? over.turn++ : (turns.get(url) ?? 0);
  if (!over) turns.set(url, turn + 1);
  return answers[Math.min(turn, answers.length - 1)] ?? "200";
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));

const tell = (told: Told) => process.send?.(told);

process.on("message", async (plan: ReceiverPlan) => {
  switch (plan.kind) {
    case "open": {
      const ports: Record<string, number> = { http: await listening(createPlainServer(receive)) };
      for (const [name, certificate] of Object.entries(plan.certificates)) {
        ports[name] = await listening(createTlsServer(certificate, receive));
      }
      return tell({ kind: "open", ports });
    }
    case "secrets":
      for (const [name, held] of Object.entries(plan.secrets)) secrets.set(name, held);
      return tell({ kind: "done" });
    case "answers":
      if (plan.answers === undefined) overrides.delete(plan.name);
      else overrides.set(plan.name, { answers: plan.answers.split(","), turn: 0 });
      return tell({ kind: "done" });
    case "clock":
      aheadMs = plan.at - realNow();
      return tell({ kind: "done" });
    case "requests":
      return tell({ kind: "requests", requests: requests.filter(({ name }) => !plan.name || name === plan.name) });
  }
});
process.on("disconnect", () => process.exit());
