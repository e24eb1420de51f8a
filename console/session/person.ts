import type { AnswerOf } from "../api/route-types.ts";

/** Who is signed in: a pseudonym with a role, never a name or an address. */
export type Person = AnswerOf<"me">;
