import * as z from "zod";
import { languageTag } from "./item.ts";
import { role } from "./tenant.ts";
import { verdict } from "./verdict.ts";

/** The name under which a member acts: `key:ID` for an API key, else as the identity provider's subject is mapped. */
export const memberId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,63}$/, "1-64 letters, digits, : . _ or -, a letter or digit first");

/** What a member has to be good at to be given some queue's cases: `graphic`, `medical`. */
export const skill = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "1-40 lower-case letters, digits and hyphens");

/** One who works at the desk: a pseudonym, never a name or an address. */
export const member = z
  .strictObject({
    id: memberId,
    role,
    languages: z.array(languageTag).max(20),
    skills: z.array(skill).max(20),
    /** Queues that they work; none: every queue that their skills open. */
    queues: z.array(verdict.shape.queue).max(50),
  })
  .meta({ id: "Member" });
export type Member = z.infer<typeof member>;
