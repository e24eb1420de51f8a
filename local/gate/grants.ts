import * as z from "zod";
import { key } from "../template/kinds/keys.ts";
import type { Declarations } from "../template/read.ts";
import { judge, readPolicy } from "./policy.ts";
import type { PlacedPolicy } from "./roles.ts";
import type { Use } from "./uses.ts";

/** One right of one function, and how often a call needed it. */
export interface Grant {
  caller: string;
  action: string;
  /** By the name of its stack output where it has one, else as the role writes it. */
  resource: string;
  /** The only service through which it holds. */
  via?: string;
  used: number;
}

export interface GrantReport {
  grants: Grant[];
  /** Calls that were refused, by the right that they lacked. */
  refused: Omit<Use, "granted">[];
}

const oneOrMany = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [value]));
const documentSchema = z.object({ Statement: z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]) });
const allowing = z.object({
  Effect: z.literal("Allow"),
  Action: oneOrMany,
  Resource: oneOrMany,
  Condition: z
    .object({ StringEquals: z.object({ "kms:ViaService": z.string() }).optional() })
    .catchall(z.unknown())
    .optional(),
});

/**
 * Every right that the callers' roles give, each with the number of calls that needed it: what shows 0 was never needed
 * by what ran, and is either for what only AWS does or too much.
 */
export function grantReport(
  callers: readonly { name: string; policies: readonly PlacedPolicy[] }[],
  uses: readonly Use[],
  nameOf: (arn: string) => string,
): GrantReport {
  const grants = new Map<string, Grant>();
  for (const { name: caller, policies } of callers) {
    for (const { document } of policies) {
      for (const statement of documentSchema.parse(document).Statement) {
        const read = allowing.safeParse(statement);
        if (!read.success) continue;
        const { Action, Resource, Condition } = read.data;
        const via = Condition?.StringEquals?.["kms:ViaService"]?.split(".")[0];
        for (const action of Action) {
          for (const arn of Resource) {
            const alone = readPolicy(
              { Statement: { Effect: "Allow", Action: action, Resource: arn, ...(Condition && { Condition }) } },
              caller,
            );
            const used = uses
              .filter((use) => use.caller === caller && use.granted && needs(use, alone))
              .reduce((sum, { times }) => sum + times, 0);
            const grant = { caller, action, resource: nameOf(arn), ...(via !== undefined && { via }), used };
            // The same right may be given twice; it is one right.
            grants.set(nameOfGrant(grant), grant);
          }
        }
      }
    }
  }
  const refused = uses
    .filter(({ granted }) => !granted)
    .map(({ granted: _, ...use }) => ({ ...use, resource: nameOf(use.resource) }));
  return { grants: [...grants.values()], refused };
}

function needs({ action, resource, via }: Use, alone: ReturnType<typeof readPolicy>): boolean {
  const circumstances = { "aws:securetransport": "true", ...(via !== undefined && { "kms:viaservice": via }) };
  return judge(alone, action, resource, circumstances) === "allowed";
}

/** `score-post kms:Decrypt data via dynamodb`: the same for the same right of every run. */
export const nameOfGrant = ({ caller, action, resource, via }: Omit<Grant, "used">): string =>
  `${caller} ${action} ${resource}${via === undefined ? "" : ` via ${via}`}`;

/** Reports of several runs as one. */
export function mergeReports(reports: readonly GrantReport[]): GrantReport {
  const grants = new Map<string, Grant>();
  const refused = new Map<string, GrantReport["refused"][number]>();
  for (const report of reports) {
    for (const grant of report.grants) {
      const used = (grants.get(nameOfGrant(grant))?.used ?? 0) + grant.used;
      grants.set(nameOfGrant(grant), { ...grant, used });
    }
    for (const use of report.refused) {
      const times = (refused.get(nameOfGrant(use))?.times ?? 0) + use.times;
      refused.set(nameOfGrant(use), { ...use, times });
    }
  }
  return { grants: [...grants.values()], refused: [...refused.values()] };
}

/** Names resources by the stack outputs that hold their name, URL or ARN; an index keeps its own name behind that. */
export function resourceNames(declarations: Declarations): (arn: string) => string {
  const named = new Map<string, string>();
  for (const {
    logicalId,
    attributes: { Arn = "" },
  } of declarations.of(key))
    named.set(Arn, logicalId);
  for (const [output, value] of Object.entries(declarations.outputs)) {
    const last = value.startsWith("http") ? (value.split("/").at(-1) ?? "") : value;
    if (last !== "") named.set(last, output);
  }
  return (arn) => {
    const [whole = arn, index] = arn.split("/index/");
    const name = named.get(whole) ?? named.get(whole.split(/[:/]/).at(-1) ?? "");
    if (name === undefined) return arn;
    return index === undefined ? name : `${name}/index/${index}`;
  };
}
