import type { Problem, ProblemCode } from "../../shared/contracts/problem.ts";

/** What can go wrong before the API says anything. */
export type Trouble = "offline" | "timeout" | "broken_answer" | "signed_out";

/** A refusal by the API, or trouble on the way to it (`status` 0). `code` is what pages switch on. */
export interface Refused {
  readonly ok: false;
  readonly code: ProblemCode | Trouble;
  readonly status: number;
  readonly problem: Problem;
}

export type Answered<T> = { readonly ok: true; readonly value: T } | Refused;

const TROUBLES: Readonly<Record<Trouble, readonly [title: string, detail: string]>> = {
  offline: ["No connection", "The server could not be reached. Check the connection, then try again."],
  timeout: ["No answer in time", "The server took too long. Try again."],
  broken_answer: ["The answer could not be read", "Reload the page; if it stays so, tell whoever runs Touchstone."],
  signed_out: ["Your session is over", "Sign in again to go on."],
};

const CODE = /^urn:touchstone:problem:([a-z_]+)$/;

/** @returns a refusal for trouble on the way. */
export function troubled(code: Trouble): Refused {
  const [title, detail] = TROUBLES[code];
  return { ok: false, code, status: 0, problem: { type: `urn:touchstone:problem:${code}`, title, status: 0, detail } };
}

/** @returns the refusal that a problem document says; trouble where it is none. */
export function refusedBy(body: unknown, status: number): Refused {
  const problem = body as Partial<Problem> | null;
  const [, code] = CODE.exec(typeof problem?.type === "string" ? problem.type : "") ?? [];
  if (code === undefined || typeof problem?.title !== "string") return { ...troubled("broken_answer"), status };
  return { ok: false, code: code as ProblemCode, status, problem: problem as Problem };
}
