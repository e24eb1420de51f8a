import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A request as the receiver saw it; times in milliseconds since 1970. */
export interface Arrival {
  /** `hook`, `dead` or `floor`: the beginning of its path. */
  readonly how: string;
  /** The subscription. */
  readonly name: string;
  /** Of the message: the same at each attempt. */
  readonly id: string;
  readonly at: number;
  readonly signed: boolean;
  /** `event ITEM` or `alert SUBJECT`. */
  readonly about: string;
  /** The item's id, when its verdict was made, and when it came to intake. */
  readonly item: string;
  readonly since: number;
  readonly receivedAt: number;
}

export type Asked =
  | { readonly kind: "open" | "count" | "take" }
  | { readonly kind: "secrets"; readonly secrets: Readonly<Record<string, string>> };

export type Told =
  | { readonly kind: "open"; readonly port: number }
  | { readonly kind: "done" }
  | { readonly kind: "count"; readonly messages: number; readonly cpuMs: number }
  | { readonly kind: "arrivals"; readonly arrivals: readonly Arrival[] };

export interface WebhookReceiver {
  readonly host: string;
  /** Where a subscription's messages go: one that answers at once, or never. */
  urlOf(name: string, isDead?: boolean): string;
  /** What it verifies messages with, by subscription. */
  knows(secrets: Readonly<Record<string, string>>): Promise<void>;
  /** Requests so far, and what they cost the process. */
  count(): Promise<{ readonly messages: number; readonly cpuMs: number }>;
  /** What came since the last time that this was asked. */
  take(): Promise<readonly Arrival[]>;
  close(): void;
}

/** Starts a receiver in a process of its own, on 127.0.0.1. */
export async function openWebhookReceiver(): Promise<WebhookReceiver> {
  const child: ChildProcess = fork(fileURLToPath(new URL("./webhook-process.ts", import.meta.url)));
  let line: Promise<unknown> = Promise.resolve();
  const ask = <Kind extends Told["kind"]>(asked: Asked): Promise<Extract<Told, { kind: Kind }>> => {
    const mine = line.then(async () => {
      const answered = once(child, "message");
      child.send(asked);
      const [told] = await answered;
      return told as Extract<Told, { kind: Kind }>;
    });
    line = mine;
    return mine;
  };
  const { port } = await ask<"open">({ kind: "open" });
  const host = `127.0.0.1:${port}`;
  return {
    host,
    urlOf: (name, isDead = false) => `http://${host}/${isDead ? "dead" : "hook"}/${name}`,
    async knows(secrets) {
      await ask<"done">({ kind: "secrets", secrets });
    },
    count: () => ask<"count">({ kind: "count" }),
    take: async () => (await ask<"arrivals">({ kind: "take" })).arrivals,
    close: () => child.disconnect(),
  };
}
