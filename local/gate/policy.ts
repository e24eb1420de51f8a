import * as z from "zod";
import { TemplateRefused } from "../template/world.ts";

/** One statement of an IAM policy, its lists made plain. */
export interface Statement {
  effect: "Allow" | "Deny";
  actions: Pattern;
  resources: Pattern;
  /** Absent in identity policies. */
  principals: string[] | undefined;
  conditions: Condition[];
}

interface Pattern {
  matches: (value: string) => boolean;
}

interface Condition {
  key: string;
  holds: (actual: string | undefined) => boolean;
}

export type Judgement = "allowed" | "explicitly denied" | "not granted";

/** What the service knows of a call besides action and resource: IAM condition keys (lower case) and their values. */
export type Circumstances = Readonly<Record<string, string>>;

const oneOrMany = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [value]));
const scalar = z.union([z.string(), z.boolean(), z.number()]).transform(String);
const conditionValues = z
  .union([scalar, z.array(scalar)])
  .transform((value) => (Array.isArray(value) ? value : [value]));

const documentSchema = z.strictObject({
  Version: z.literal("2012-10-17").optional(),
  Id: z.string().optional(),
  Statement: z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]),
});

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: oneOrMany.optional(),
  NotAction: oneOrMany.optional(),
  Resource: oneOrMany.optional(),
  NotResource: oneOrMany.optional(),
  Principal: z.union([z.literal("*"), z.record(z.string(), oneOrMany)]).optional(),
  Condition: z.record(z.string(), z.record(z.string(), conditionValues)).default({}),
});

/**
 * Reads an IAM policy document.
 * @throws TemplateRefused on an element or condition operator that is not known here
 */
export function readPolicy(document: unknown, where: string): Statement[] {
  const read = documentSchema.safeParse(document);
  if (!read.success) throw new TemplateRefused(`${where}: ${z.prettifyError(read.error)}`);
  return read.data.Statement.map((one) => {
    const statement = statementSchema.safeParse(one);
    if (!statement.success) throw new TemplateRefused(`${where}: ${z.prettifyError(statement.error)}`);
    const { data } = statement;
    return {
      effect: data.Effect,
      actions: pattern(data.Action, data.NotAction, "i"),
      // A role's trust policy has no resource; every other one is checked by CloudFormation itself.
      resources: pattern(data.Resource ?? (data.NotResource === undefined ? ["*"] : undefined), data.NotResource, ""),
      principals: data.Principal === undefined ? undefined : principalsOf(data.Principal),
      conditions: Object.entries(data.Condition).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => condition(operator, key, values, where)),
      ),
    };
  });
}

/** An explicit Deny wins, then any Allow; what nothing speaks of is not granted. */
export function judge(
  statements: readonly Statement[],
  action: string,
  resource: string,
  circumstances: Circumstances = {},
): Judgement {
  let judgement: Judgement = "not granted";
  for (const statement of statements) {
    if (!statement.actions.matches(action) || !statement.resources.matches(resource)) continue;
    if (!statement.conditions.every(({ key, holds }) => holds(circumstances[key]))) continue;
    if (statement.effect === "Deny") return "explicitly denied";
    judgement = "allowed";
  }
  return judgement;
}

function principalsOf(principal: "*" | Record<string, string[]>): string[] {
  return principal === "*" ? ["*"] : Object.values(principal).flat();
}

function pattern(wanted: string[] | undefined, unwanted: string[] | undefined, flags: string): Pattern {
  const list = (wanted ?? unwanted ?? []).map((text) => wildcard(text, flags));
  const any = (value: string) => list.some((one) => one.test(value));
  return { matches: wanted === undefined ? (value) => !any(value) : any };
}

/** `*` stands for any run of characters and `?` for one, as in IAM. */
function wildcard(text: string, flags: string): RegExp {
  if (text.includes("${")) throw new TemplateRefused(`policy variables are not known to the embedded cloud: ${text}`);
  const source = text
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, `s${flags}`);
}

const same = (wanted: string) => (actual: string) => actual === wanted;
const sameInAnyCase = (wanted: string) => (actual: string) => actual.toLowerCase() === wanted.toLowerCase();
const like = (wanted: string) => {
  const expression = wildcard(wanted, "");
  return (actual: string) => expression.test(actual);
};

const operators: Record<string, { test: (wanted: string) => (actual: string) => boolean; negated: boolean }> = {
  StringEquals: { test: same, negated: false },
  StringNotEquals: { test: same, negated: true },
  StringEqualsIgnoreCase: { test: sameInAnyCase, negated: false },
  StringNotEqualsIgnoreCase: { test: sameInAnyCase, negated: true },
  StringLike: { test: like, negated: false },
  StringNotLike: { test: like, negated: true },
  ArnEquals: { test: like, negated: false },
  ArnLike: { test: like, negated: false },
  ArnNotEquals: { test: like, negated: true },
  ArnNotLike: { test: like, negated: true },
  Bool: { test: sameInAnyCase, negated: false },
};

function condition(operator: string, key: string, values: string[], where: string): Condition {
  const name = key.toLowerCase();
  if (operator === "Null") {
    return { key: name, holds: (actual) => values.some((value) => (value === "true") === (actual === undefined)) };
  }
  const ifExists = operator.endsWith("IfExists");
  const known = operators[ifExists ? operator.slice(0, -"IfExists".length) : operator];
  if (known === undefined) {
    throw new TemplateRefused(`${where}: the condition operator ${operator} is not known to the embedded cloud`);
  }
  const tests = values.map(known.test);
  return {
    key: name,
    holds: (actual) => {
      // IAM: a key that the call lacks fails a positive operator and passes a negated one.
      if (actual === undefined) return ifExists || known.negated;
      return tests.some((test) => test(actual)) !== known.negated;
    },
  };
}
