import { type Fault, makeProblem, type Problem, type ProblemCode } from "../contracts/problem.ts";

/** What a use case returns: expected failures are values; only surprises are thrown. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem; readonly retryAfterSeconds?: number };

export const answer = <Value>(value: Value): Result<Value> => ({ ok: true, value });

export const refuse = (code: ProblemCode, detail: string, errors?: readonly Fault[]): Result<never> => ({
  ok: false,
  problem: makeProblem(code, detail, errors),
});
