import type { Circumstances } from "./policy.ts";

export type Service = "dynamodb" | "sqs" | "sns" | "kms" | "comprehend" | "ses";

/** One request of an SDK client as it came over the wire. */
export interface Call {
  service: Service;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Says what is called where the service speaks REST: SES. */
  path?: string;
  body: string;
}

/** What a part answers. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a call asks for in IAM's terms; every resource must be granted. */
export interface Request {
  action: string;
  resources: string[];
  circumstances: Circumstances;
}
