import { Worker } from "node:worker_threads";
import type { Service } from "../gate/call.ts";
import type { MailReport } from "./mail-events.ts";
import type { PartsPlan, Question, Questions, Report } from "./protocol.ts";

/** A running thread of embedded parts. */
export interface PartsThread {
  /** Where each of its services answers. */
  urls: Partial<Record<Service, string>>;
  /** The page that shows the mails that were sent, of the thread that has SES. */
  inbox?: string;
  ask<Name extends keyof Questions>(
    name: Name,
    argument: Questions[Name]["argument"],
  ): Promise<Questions[Name]["answer"]>;
}

interface Waiting {
  resolve: (value: never) => void;
  reject: (fault: Error) => void;
}

/**
 * Starts the parts of `plan` in a thread of their own.
 * @param log takes one line at a time, without content
 * @param died is told when the thread ends without having been asked to: the cloud cannot go on
 * @param reported takes what SES says of mails, in the thread that has it
 */
export function startParts(
  plan: PartsPlan,
  log: (line: string) => void,
  died: (fault: Error) => void,
  reported: (report: MailReport) => void = () => {},
): Promise<PartsThread> {
  const worker = new Worker(new URL("./thread.ts", import.meta.url), {
    workerData: plan,
    env: { AWS_REGION: plan.region, AWS_ACCOUNT_ID: "000000000000" },
  });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let closing = false;

  function fail(fault: Error) {
    for (const { reject } of waiting.values()) reject(fault);
    waiting.clear();
    if (!closing) died(fault);
  }

  const ask: PartsThread["ask"] = (name, argument) => {
    if (name === "close") closing = true;
    asked += 1;
    const id = asked;
    const answered = new Promise<Questions[typeof name]["answer"]>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, name, argument } as Question);
    });
    // LevelDB's lock is free when the thread has ended, and a call that is held back would keep it up.
    return name === "close" ? answered.then((value) => worker.terminate().then(() => value)) : answered;
  };

  return new Promise((resolve, reject) => {
    worker.on("message", (report: Report) => {
      switch (report.kind) {
        case "open":
          return resolve({ urls: report.urls, ...(report.inbox !== undefined && { inbox: report.inbox }), ask });
        case "log":
          return log(report.line);
        case "mail":
          return reported(report.report);
        case "answer":
          waiting.get(report.id)?.resolve(report.value as never);
          return waiting.delete(report.id);
        case "fault":
          waiting.get(report.id)?.reject(new Error(report.message));
          return waiting.delete(report.id);
      }
    });
    worker.on("error", (error) => {
      const fault = error instanceof Error ? error : new Error(String(error));
      reject(fault);
      fail(fault);
    });
    worker.on("exit", (code) => {
      const fault = new Error(`the thread of ${plan.services.join(", ")} ended with code ${code}`);
      reject(fault);
      fail(fault);
    });
  });
}
