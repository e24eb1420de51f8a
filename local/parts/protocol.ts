import type { Service } from "../gate/call.ts";
import type { CallCounts } from "../gate/gate.ts";
import type { Seals } from "../gate/sealing.ts";
import type { Use } from "../gate/uses.ts";
import type { DeclaredKey } from "./keys.ts";
import type { MailReport } from "./mail-events.ts";

/** What a thread of parts is started with. */
export interface PartsPlan {
  services: Service[];
  dataDir: string;
  region: string;
  /** Where the hostile mode's options stand; the parts are kind without it. */
  hostile?: string;
  /** Who answers calls of Comprehend; needed where it is among the services. */
  comprehend?: string;
}

/** A caller as it crosses into a thread: policies as documents, since patterns cannot be sent. */
export interface Caller {
  accessKey: string;
  name: string;
  arn: string;
  /** Undefined: may do everything. */
  policies: { document: unknown; where: string }[] | undefined;
}

export interface Settings {
  partition: string;
  account: string;
  region: string;
  callers: Caller[];
  keys: DeclaredKey[];
  seals: Seals;
}

/** What the main thread asks of a thread of parts, and what each question is answered with. */
export interface Questions {
  configure: { argument: Settings; answer: null };
  counts: { argument: null; answer: CallCounts };
  uses: { argument: null; answer: Use[] };
  close: { argument: null; answer: null };
}

export type Question = {
  [Name in keyof Questions]: { id: number; name: Name; argument: Questions[Name]["argument"] };
}[keyof Questions];

/** From the thread: where each service answers, and the page of sent mails (first message), an answer, a fault, a line for the log, or what SES says of a mail. */
export type Report =
  | { kind: "open"; urls: Partial<Record<Service, string>>; inbox?: string }
  | { kind: "answer"; id: number; value: unknown }
  | { kind: "fault"; id: number; message: string }
  | { kind: "log"; line: string }
  | { kind: "mail"; report: MailReport };
