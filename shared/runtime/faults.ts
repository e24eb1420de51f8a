import type * as z from "zod";
import type { Fault } from "../contracts/problem.ts";

const MOST = 20;

const escaped = (part: PropertyKey): string => String(part).replaceAll("~", "~0").replaceAll("/", "~1");

/** Records have keys that people wrote; a path through one could carry their words. */
const ourName = /^[A-Za-z][A-Za-z0-9-]{0,39}$/;

const pointerOf = (base: string, path: readonly PropertyKey[]): string =>
  base +
  path.map((part) => (typeof part === "number" || ourName.test(String(part)) ? `/${escaped(part)}` : "/…")).join("");

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

function say(issue: z.core.$ZodIssue): { detail: string; fix?: string } {
  switch (issue.code) {
    case "unrecognized_keys":
      // The names of unknown fields are the sender's words and may be anything: say how many and where, never which.
      return {
        detail: `${issue.keys.length === 1 ? "one field is" : `${issue.keys.length} fields are`} not part of the schema`,
        fix: "leave out what the API reference does not list; names are case-sensitive",
      };
    case "invalid_type": {
      const missing = "input" in issue && issue.input === undefined;
      // zod's own message names the type that came; one of our schemas says the rule.
      const ours = !issue.message.startsWith("Invalid input");
      return {
        detail: missing ? "missing" : "of the wrong type",
        fix: `send ${ours ? issue.message : article(String(issue.expected))}`,
      };
    }
    case "invalid_value":
      return { detail: "not one of the allowed values", fix: `use one of: ${issue.values.map(String).join(", ")}` };
    case "invalid_union":
      return issue.discriminator
        ? {
            detail: `\`${issue.discriminator}\` is missing or not known`,
            fix: "use one of: post, review, follow, audience",
          }
        : { detail: "fits none of the allowed shapes" };
    default:
      // Every other message is written in our schemas and says the rule, not the value.
      return { detail: "does not fit", fix: issue.message };
  }
}

/** How to parse what faults will be made of: only with its input can a missing field be told from a wrong one. */
export const FOR_FAULTS = { reportInput: true } as const;

/**
 * zod's issues as faults that name the place and the fix and never repeat what was sent.
 * @param base the JSON pointer (or `query:`) of the parsed value within the request.
 */
export function faultsOf(error: z.core.$ZodError, base: string): Fault[] {
  return error.issues.slice(0, MOST).map((issue) => {
    const said = say(issue);
    return { pointer: pointerOf(base, issue.path), ...said };
  });
}
