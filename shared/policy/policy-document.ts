import * as z from "zod";
import { opaqueId } from "../domain/id.ts";
import { channel, languageTag } from "../domain/item.ts";
import { labelName } from "../domain/label.ts";
import { action } from "../domain/verdict.ts";

/** Most rules of one document, and of one item after everything is inherited. */
export const MOST_RULES = 100;
/** Most characters of one document as JSON. */
export const MOST_CHARACTERS = 60_000;
/** Most characters of one condition. */
export const MOST_CONDITION = 2_000;
/** Most policies in a chain of inheritance, the root among them. */
export const DEEPEST = 5;

export const policyId = z.string().regex(/^[a-z0-9-]{1,40}$/, "lower-case letters, digits and hyphens, at most 40");
const ruleName = z.string().regex(/^[a-z0-9_-]{1,60}$/, "lower-case letters, digits, - and _, at most 60");

// What people read in a console or a mail: no control characters, no line that a terminal could take for a command.
const words = (most: number) =>
  z
    .string()
    .min(1, "not empty")
    .max(most, `at most ${most} characters`)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, "no control characters");
const several = <Of extends z.ZodType>(of: Of) =>
  z.array(of).min(1, "at least one, or leave it out").max(50, "at most 50");

/** What a rule tells the author of an item, by language: `en` is needed, others stand beside it. */
export const userText = z
  .record(z.string().regex(/^[a-z]{2,3}$/, "a language such as en or de"), words(400))
  .refine((texts) => texts.en !== undefined, "needs the text in English under en");

export const policyRule = z.strictObject({
  name: ruleName.meta({ description: "Unique in the policy and in what it inherits; verdicts name the rule by it." }),
  when: z
    .string()
    .min(1, "not empty")
    .max(MOST_CONDITION, `at most ${MOST_CONDITION} characters`)
    .meta({ description: "A condition in CEL over the vocabulary of docs/policies.md." }),
  action: action.meta({ description: "allow ends the list: the rules below are not asked." }),
  queue: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, "lower-case letters, digits and hyphens, at most 40")
    .optional()
    .meta({ description: "Whose queue the case waits in; `default` where it is left out." }),
  severity: z
    .int()
    .min(0)
    .max(7)
    .optional()
    .meta({ description: "Of the case; where it is left out, that of the gravest label that the condition found." }),
  reasonCode: z
    .string()
    .regex(/^[a-z0-9_]{1,60}$/, "lower-case letters, digits and _, at most 60")
    .meta({ description: "Stable code for programs and statistics." }),
  userText: userText.optional().meta({ description: "What the author is told, by language." }),
  guidance: words(1_000).optional().meta({
    description: "What moderators read beside an item that the rule decided on: what it means, what it spares.",
  }),
  locked: z
    .boolean()
    .optional()
    .meta({ description: "Policies that inherit this rule can neither replace nor disable it." }),
});
export type PolicyRule = z.infer<typeof policyRule>;

export const policyScope = z.strictObject({
  kinds: several(z.enum(["post", "review", "audience"])).optional(),
  surfaces: several(channel.shape.surface).optional(),
  languages: several(languageTag).optional().meta({ description: "`en` is also for en-GB." }),
  countries: several(z.string().regex(/^[A-Z]{2}$/, "two capital letters, ISO 3166-1")).optional(),
  brands: several(opaqueId).optional(),
  productLines: several(opaqueId).optional(),
  audience: channel.shape.audience.removeDefault().optional(),
  visibility: channel.shape.visibility.optional(),
});
export type PolicyScope = z.infer<typeof policyScope>;

/** A policy as people write it. A version is this and the number that the store gives at save. */
export const policyDocument = z
  .strictObject({
    $schema: z.string().max(200).optional().meta({ description: "For editors; not read." }),
    id: policyId,
    title: words(80),
    description: words(1_000).optional(),
    inherits: policyId
      .optional()
      .meta({ description: "The policy that this one refines; `touchstone-default` is built in." }),
    appliesTo: policyScope
      .optional()
      .meta({ description: "All that is named must fit; within one list any. Everything where it is left out." }),
    disable: z
      .array(ruleName)
      .max(MOST_RULES)
      .optional()
      .meta({ description: "Rules of the parents, not locked, that don't apply here." }),
    labelGuidance: z
      .partialRecord(labelName, words(1_000))
      .optional()
      .meta({ description: "What moderators read of a label here, in the place of Touchstone's own words." }),
    rules: z.array(policyRule).max(MOST_RULES, `at most ${MOST_RULES} rules`),
  })
  .meta({ id: "PolicyDocument", title: "Touchstone policy" });
export type PolicyDocument = z.infer<typeof policyDocument>;
