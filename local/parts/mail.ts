import type { AddressInfo } from "node:net";
import type { Answer, Call } from "../gate/call.ts";
import { ConnectionLost } from "../gate/refusal.ts";

interface EmbeddedMail {
  /** The page that shows what was sent, on loopback. */
  readonly inbox: string;
  handle(call: Call): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * SES's embedded part: aws-ses-v2-local, which sends nothing and keeps every mail in memory for its page. Loaded only
 * when it is opened: it is large, and most clouds have no mail.
 */
export async function openMail(): Promise<EmbeddedMail> {
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
        return { status, headers: { "content-type": "application/json" }, body: await answer.text() };
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
