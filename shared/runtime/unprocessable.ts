/** A message that can never become what its queue is for; `code` is the reason that its dead letter carries. */
export class Unprocessable extends Error {
  override readonly name = "Unprocessable";
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}
