import { type ChildProcess, fork } from "node:child_process";
import type { IncomingHttpHeaders } from "node:http";
import { fileURLToPath } from "node:url";
import type { Certificate } from "./certificate.ts";

/** A request as the receiver saw it. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly host: string;
  /** The last part of its path. */
  readonly name: string;
  readonly id: string;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  readonly at: number;
  /** Requests of this name under way at that moment, it among them. */
  readonly side: number;
  /** What the published library says of its signature. */
  readonly verified: boolean;
  readonly fault?: string;
}

export type ReceiverPlan =
  | { readonly kind: "open"; readonly certificates: Readonly<Record<string, Certificate>> }
  | { readonly kind: "secrets"; readonly secrets: Readonly<Record<string, readonly string[]>> }
  | { readonly kind: "answers"; readonly name: string; readonly answers?: string }
  | { readonly kind: "clock"; readonly at: number }
  | { readonly kind: "requests"; readonly name?: string };

export type Told =
  | { readonly kind: "open"; readonly ports: Readonly<Record<string, number>> }
  | { readonly kind: "done" }
  | { readonly kind: "requests"; readonly requests: readonly Asked[] };

export interface Receiver {
  /** `http`, and one port for each certificate by its name. */
  readonly ports: Readonly<Record<string, number>>;
  /** Where it answers as `answers` says, in turn: `500`, `429_30`, `302_URL`, `slow_3000`, `reset`, `huge` … */
  at(answers: string, name: string, server?: string, host?: string): string;
  /** What it verifies requests of these names with. */
  knows(secrets: Readonly<Record<string, readonly string[]>>): Promise<void>;
  /** From now on requests of a name are answered so, in turn, whatever their path says; left out: as the path says again. */
  answers(name: string, answers?: string): Promise<void>;
  /** Sets its clock (milliseconds since 1970), which runs on from there. */
  clock(at: number): Promise<void>;
  requests(name?: string): Promise<readonly Asked[]>;
  close(): void;
}

/** Starts a receiver in a process of its own, on 127.0.0.1. */
export async function openReceiver(certificates: Readonly<Record<string, Certificate>> = {}): Promise<Receiver> {
  const child: ChildProcess = fork(fileURLToPath(new URL("./receiver-process.ts", import.meta.url)));
  let line: Promise<unknown> = Promise.resolve();
  const ask = <Kind extends Told["kind"]>(plan: ReceiverPlan): Promise<Extract<Told, { kind: Kind }>> => {
    const mine = line.then(
      () =>
        new Promise<Extract<Told, { kind: Kind }>>((resolve) => {
          child.once("message", (told) => resolve(told as Extract<Told, { kind: Kind }>));
          child.send(plan);
        }),
    );
    line = mine;
    return mine;
  };
  const { ports } = await ask<"open">({ kind: "open", certificates });
  return {
    ports,
    at: (answers, name, server = "http", host = "127.0.0.1") =>
      `${server === "http" ? "http" : "https"}://${host}:${ports[server]}/do/${answers}/${name}`,
    async knows(secrets) {
      await ask<"done">({ kind: "secrets", secrets });
    },
    async answers(name, answers) {
      await ask<"done">({ kind: "answers", name, ...(answers !== undefined && { answers }) });
    },
    async clock(at) {
      await ask<"done">({ kind: "clock", at });
    },
    requests: async (name) => (await ask<"requests">({ kind: "requests", ...(name && { name }) })).requests,
    close: () => child.disconnect(),
  };
}
