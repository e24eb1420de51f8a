import * as z from "zod";
import type { SynthesisedStack } from "../../infra/synthesise.ts";
import { openSecrets, revealed } from "./dynamic-references.ts";
import type { Scope } from "./intrinsics.ts";
import { resolve } from "./intrinsics.ts";
import type { Declared, Identity, Kind } from "./kind.ts";
import { physicalName } from "./kind.ts";
import { api, authorizer, integration, route, schedule, stage } from "./kinds/api.ts";
import { bucket, distribution, edgeFunction, headersPolicy, secret } from "./kinds/edge.ts";
import { eventSourceMapping, lambdaFunction, permission } from "./kinds/functions.ts";
import { inertTypes } from "./kinds/inert.ts";
import { key, keyAlias } from "./kinds/keys.ts";
import { configurationSet, emailIdentity, eventDestination } from "./kinds/mail.ts";
import { queue, queuePolicy, subscription, topic, topicPolicy } from "./kinds/queues.ts";
import { policy, role } from "./kinds/roles.ts";
import { userPool, userPoolClient, userPoolDomain } from "./kinds/sign-in.ts";
import { globalTable, table } from "./kinds/tables.ts";
import type { World } from "./world.ts";
import { TemplateRefused } from "./world.ts";

const kinds: Kind[] = [
  ...[table, globalTable, queue, queuePolicy, topic, topicPolicy, subscription, key, keyAlias, role, policy],
  ...[lambdaFunction, permission, eventSourceMapping, api, stage, integration, route, authorizer, schedule],
  ...[userPool, userPoolDomain, userPoolClient],
  ...[distribution, edgeFunction, headersPolicy, bucket, secret],
  ...[emailIdentity, configurationSet, eventDestination],
];
const kindOf = new Map(kinds.map((one) => [one.type, one]));

const unread = z.unknown().optional();

const resourceSchema = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: unread,
  DeletionPolicy: unread,
  UpdateReplacePolicy: unread,
  Metadata: unread,
});

// Parameters and Rules are read below: the CDK puts its bootstrap version there and nothing else may be.
const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: unread,
  Description: unread,
  Metadata: unread,
  Parameters: z.strictObject({ BootstrapVersion: z.unknown() }).optional(),
  Rules: z.strictObject({ CheckBootstrapVersion: z.unknown() }).optional(),
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z
    .record(
      z.string(),
      z.strictObject({
        Value: z.unknown(),
        Export: z.strictObject({ Name: z.unknown() }).optional(),
        Description: unread,
      }),
    )
    .default({}),
});

interface Named {
  name: string;
  identity: Identity;
}

/** What the stacks say, resolved: typed lists of what they declare, and their outputs. */
export interface Declarations {
  of<S extends z.ZodType>(wanted: Kind<S>): Declared<S>[];
  outputs: Record<string, string>;
  /** What was read and has no effect here: one line for each, with the reason. */
  inert: { resource: string; reason: string }[];
}

/**
 * Reads synthesised stacks in order (a stack may import what earlier ones export).
 * @throws TemplateRefused naming stack, logical id and property of anything that the embedded cloud does not know
 */
export function readStacks(stacks: readonly SynthesisedStack[], world: World): Declarations {
  const declared: { type: string; declaration: Declared }[] = [];
  const exports = new Map<string, unknown>();
  const outputs: Record<string, string> = {};
  const outputsOf = new Map<string, unknown>();
  const known = new Set<string>();
  const secrets = openSecrets((arn) => known.has(arn));
  const inert: Declarations["inert"] = [];
  for (const stack of stacks) {
    const template = checked(templateSchema, stack.template, stack.name);
    const identities = new Map<string, Named>();
    const identityOf = (logicalId: string, asker: string): Named => {
      const found = identities.get(logicalId) ?? identify(logicalId, asker);
      identities.set(logicalId, found);
      return found;
    };
    const scope = (where: string): Scope => ({
      ref: (name: string) => pseudo(name, stack.name, world) ?? identityOf(name, where).identity.ref,
      attribute: (logicalId: string, name: string) => {
        const value = identityOf(logicalId, where).identity.attributes[name];
        if (value !== undefined) return value;
        throw new TemplateRefused(`${where}: ${logicalId} has no attribute ${name} in the embedded cloud`);
      },
      importValue: (name: string) => {
        if (exports.has(name)) return exports.get(name);
        throw new TemplateRefused(`${where}: no earlier stack exports ${name}`);
      },
      stackOutput: (of: string, output: string) => {
        const name = `${of}/${output}`;
        if (outputsOf.has(name)) return outputsOf.get(name);
        throw new TemplateRefused(`${where}: no earlier stack has the output ${name}`);
      },
    });
    const identify = (logicalId: string, asker: string): Named => {
      const resource = template.Resources[logicalId];
      if (resource === undefined) throw new TemplateRefused(`${asker}: ${logicalId} is not in stack ${stack.name}`);
      const place = `${stack.name}/${logicalId} (${resource.Type})`;
      const found = kindOf.get(resource.Type);
      const fallback = physicalName(stack.name, logicalId, found?.nameLimit ?? 255);
      if (found === undefined) {
        const inertType = inertTypes[resource.Type];
        if (inertType === undefined)
          throw new TemplateRefused(`${place}: this resource type is not known to the embedded cloud`);
        return { name: fallback, identity: inertType.identify(fallback, world) };
      }
      const given = found.nameProperty === undefined ? undefined : resource.Properties[found.nameProperty];
      const name = given === undefined ? fallback : String(resolve(given, scope(place), place));
      return { name, identity: found.identify(name, world) };
    };

    for (const [logicalId, { Type }] of Object.entries(template.Resources))
      if (Type === secret.type) known.add(identityOf(logicalId, stack.name).identity.ref);
    for (const [logicalId, resource] of Object.entries(template.Resources)) {
      const place = `${stack.name}/${logicalId} (${resource.Type})`;
      const { name, identity } = identityOf(logicalId, place);
      const found = kindOf.get(resource.Type);
      if (found === undefined) {
        inert.push({ resource: place, reason: inertTypes[resource.Type]?.reason ?? "" });
        continue;
      }
      const resolved = revealed(resolve(resource.Properties, scope(place), place), secrets, place);
      const properties = checked(found.properties, resolved, place);
      declared.push({
        type: resource.Type,
        declaration: { stack: stack.name, logicalId, name, ...identity, properties, assets: stack.assets },
      });
    }
    for (const [outputId, output] of Object.entries(template.Outputs)) {
      const place = `${stack.name}/${outputId} (output)`;
      const value = resolve(output.Value, scope(place), place);
      // An export is for other stacks; what people look for has none.
      outputsOf.set(`${stack.name}/${outputId}`, value);
      if (output.Export === undefined) outputs[outputId] = String(value);
      else exports.set(String(resolve(output.Export.Name, scope(place), place)), value);
    }
  }
  return {
    of: <S extends z.ZodType>(wanted: Kind<S>) =>
      declared.filter(({ type }) => type === wanted.type).map(({ declaration }) => declaration as Declared<S>),
    outputs,
    inert,
  };
}

function pseudo(name: string, stack: string, world: World): string | undefined {
  switch (name) {
    case "AWS::Partition":
      return world.partition;
    case "AWS::AccountId":
      return world.account;
    case "AWS::Region":
      return world.region;
    case "AWS::URLSuffix":
      return "amazonaws.com";
    case "AWS::StackName":
      return stack;
    case "AWS::StackId":
      return `arn:${world.partition}:cloudformation:${world.region}:${world.account}:stack/${stack}/local`;
    default:
      return undefined;
  }
}

function checked<S extends z.ZodType>(schema: S, value: unknown, place: string): z.infer<S> {
  const answer = schema.safeParse(value);
  if (answer.success) return answer.data;
  const faults = answer.error.issues.map((issue) => {
    const names = issue.code === "unrecognized_keys" ? issue.keys : [];
    const path = issue.path.join(".");
    if (names.length === 0) return `${path}: ${issue.message}`;
    return names.map((name) => `${path === "" ? name : `${path}.${name}`}: not known to the embedded cloud`).join("; ");
  });
  throw new TemplateRefused(`${place}: ${faults.join("; ")}`);
}
