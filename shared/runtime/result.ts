import { type CurrentState, type Fault, makeProblem, type Problem, type ProblemCode } from "../contracts/problem.ts";

/** What a use case returns: expected failures are values; only surprises are thrown. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem; readonly retryAfterSeconds?: number };

export const answer = <Value>(value: Value): Result<Value> => ({ ok: true, value });

export const refuse = (code: ProblemCode, detail: string, errors?: readonly Fault[]): Result<never> => ({
  ok: false,
  problem: makeProblem(code, detail, errors),
});

/** A lost race: what the case is now, and what to do about it. */
export const lostRace = (code: ProblemCode, current: CurrentState, fault: Fault): Result<never> => ({
  ok: false,
  problem: {
    ...makeProblem(code, `The case is ${current.state} at version ${current.version}.`, [fault]),
    current,
  },
});

/** There is nothing of this id for the caller's tenant; whether another tenant has it is not said. */
export const notFound = (detail: string, fix: string): Result<never> =>
  refuse("not_found", detail, [{ pointer: "path:/id", detail: "not known", fix }]);

/** The key is good and its tenant was never created. */
export const noSettings = (): Result<never> =>
  refuse("forbidden", "The tenant of this key has no settings; an operator has to create it.", [
    {
      pointer: "header:authorization",
      detail: "its tenant has no settings",
      fix: "have an operator create the tenant",
    },
  ]);
