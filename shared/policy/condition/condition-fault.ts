import type { Range } from "./term.ts";

/** What is wrong with a condition, where in its text, and what to write instead. */
export interface ConditionFault extends Range {
  readonly message: string;
  readonly fix?: string;
}

/** Stops the reading of a condition; never leaves this folder. */
export class ConditionRefused extends Error {
  override readonly name = "ConditionRefused";
  readonly fault: ConditionFault;
  constructor({ start, end }: Range, message: string, fix?: string) {
    super(message);
    this.fault = { start, end, message, ...(fix === undefined ? {} : { fix }) };
  }
}

export function refuse(at: Range, message: string, fix?: string): never {
  throw new ConditionRefused(at, message, fix);
}
