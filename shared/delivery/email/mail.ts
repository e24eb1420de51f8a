/** A mail as it is handed to whoever sends it: plain text and HTML of the same words. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Why somebody gets a mail, and how they stop that. */
export interface MailFoot {
  readonly lines: readonly string[];
  readonly stop?: { readonly words: string; readonly url: string };
}
