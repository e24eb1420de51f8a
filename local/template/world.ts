/** Where the embedded parts answer, and the account that the template is read for. */
export interface World {
  partition: string;
  account: string;
  region: string;
  /** Base of queue URLs, without a trailing slash. */
  queuesUrl: string;
  /** Where the HTTP API answers, without a trailing slash. */
  apiUrl: string;
}

/** A template says something that the embedded cloud does not know or cannot do. */
export class TemplateRefused extends Error {
  override name = "TemplateRefused";
}
