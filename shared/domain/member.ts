import * as z from "zod";
import { opaqueId } from "./id.ts";
import { languageTag } from "./item.ts";
import { subject } from "./subject.ts";
import { role } from "./tenant.ts";
import { verdict } from "./verdict.ts";

/** The name under which a member acts: `key:ID` for whoever uses an API key, else a pseudonym that an admin gave. */
export const memberId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,63}$/, "1-64 letters, digits, : . _ or -, a letter or digit first");

/** Is it the name of whoever uses an API key, whose rights are the key's own? */
export const isKey = (id: string): boolean => id.startsWith("key:");

/** What a member has to be good at to be given some queue's cases: `graphic`, `medical`. */
export const skill = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "1-40 lower-case letters, digits and hyphens");

/** One who works at the desk: a pseudonym, never a name or an address. */
export const member = z
  .strictObject({
    id: memberId,
    /** How often they were set; in a request the version that its sender saw. Absent: 0, not there yet. */
    version: z.int().min(0).optional(),
    role,
    languages: z.array(languageTag).max(20),
    skills: z.array(skill).max(20),
    /** Queues that they work; none: every queue that their skills open. */
    queues: z.array(verdict.shape.queue).max(50),
    /** Of a brand: whose things they may read. */
    brands: z.array(opaqueId).min(1).max(20).optional(),
    /** Who they are where they sign in; without it nobody signs in as them. */
    subject: subject.optional(),
    /** Not let in, and still known by what they did. */
    suspended: z.boolean().optional(),
  })
  .check(({ value, issues }) => {
    const say = (field: keyof typeof value, message: string): void =>
      void issues.push({ code: "custom", path: [field], message, input: value });
    if (isKey(value.id)) {
      for (const field of ["brands", "subject", "suspended"] as const)
        if (value[field] !== undefined) say(field, "not of a key, which has brands of its own and is revoked");
      return;
    }
    if (value.role === "platform") say("role", "platform is for keys");
    if ((value.role === "brand") !== (value.brands !== undefined))
      say("brands", "needed with the role brand, and only then");
  })
  .meta({ id: "Member" });
export type Member = z.infer<typeof member>;
