import type { AddressInfo } from "node:net";
import type { Answer, Call } from "../gate/call.ts";
import { ConnectionLost } from "../gate/refusal.ts";
import { type MailReport, mailReports } from "./mail-events.ts";

interface EmbeddedMail {
  /** The page that shows what was sent, on loopback. */
  readonly inbox: string;
  handle(call: Call): Promise<Answer>;
  close(): Promise<void>;
}

/** As on AWS, a mail is known to have come back after whoever sent it was answered. */
const REPORTED_AFTER_MS = 500;

/**
 * SES's embedded part: aws-ses-v2-local, which sends nothing and keeps every mail in memory for its page. Loaded only
 * when it is opened: it is large, and most clouds have no mail. What was sent to SES's simulator comes back.
 */
export async function openMail(report: (one: MailReport) => void): Promise<EmbeddedMail> {
  const {
    default: { default: serve },
  } = await import("aws-ses-v2-local");
  const server = await serve({ host: "127.0.0.1", port: 0 });
  const inbox = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    inbox,
    async handle({ headers, body, path }) {
      try {
        const answer = await fetch(`${inbox}${path}`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: String(headers.authorization) },
          body,
        });
        const { status } = answer;
        const text = await answer.text();
        if (status === 200)
          for (const one of mailReports(JSON.parse(body.toString()), JSON.parse(text).MessageId, new Date()))
            setTimeout(report, REPORTED_AFTER_MS, one).unref();
        return { status, headers: { "content-type": "application/json" }, body: text };
      } catch {
        throw new ConnectionLost();
      }
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
