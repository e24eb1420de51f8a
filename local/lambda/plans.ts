import { randomBytes } from "node:crypto";
import type { PlacedPolicy } from "../gate/roles.ts";
import { policiesOf } from "../gate/roles.ts";
import type { Caller } from "../parts/protocol.ts";
import { lambdaFunction } from "../template/kinds/functions.ts";
import type { Declarations } from "../template/read.ts";
import type { World } from "../template/world.ts";
import { TemplateRefused } from "../template/world.ts";
import type { FunctionPlan } from "./environment.ts";

/** A declared function: how to run it, who it is to the gates, and how many of it AWS would run at once. */
export interface DeclaredFunction {
  plan: FunctionPlan;
  caller: Caller & { policies: PlacedPolicy[] };
  reserved: number | undefined;
}

/**
 * The stacks' functions with credentials made up for this run.
 * @param given variables that every function gets besides the template's, such as where the parts answer
 * @param overriding variables that go before the template's
 */
export function functionPlans(
  declarations: Declarations,
  world: World,
  given: Readonly<Record<string, string>>,
  overriding: Readonly<Record<string, string>>,
): DeclaredFunction[] {
  const taken = new Set<string>();
  return declarations
    .of(lambdaFunction)
    .map(({ stack, logicalId, name: physicalName, attributes, properties, assets }) => {
      const folder = assets[properties.Code.S3Key];
      if (folder === undefined)
        throw new TemplateRefused(`${stack}/${logicalId}: the stack has no asset ${properties.Code.S3Key}`);
      const variables = properties.Environment?.Variables ?? {};
      // The name that its logs carry is the one by which people know it; CloudFormation's is unwieldy.
      const wanted = variables.POWERTOOLS_SERVICE_NAME ?? physicalName;
      const name = taken.has(wanted) ? physicalName : wanted;
      taken.add(name);
      const { accessKey, secret } = madeUpCredentials("ASIA");
      const roleName = properties.Role.split("/").at(-1) ?? "";
      return {
        plan: {
          name,
          physicalName,
          arn: attributes.Arn ?? "",
          folder,
          handler: properties.Handler,
          memoryMb: properties.MemorySize,
          timeoutSeconds: properties.Timeout,
          variables: {
            ...given,
            ...variables,
            ...overriding,
            AWS_ACCESS_KEY_ID: accessKey,
            AWS_SECRET_ACCESS_KEY: secret,
          },
        },
        caller: {
          accessKey,
          name,
          arn: `arn:${world.partition}:sts::${world.account}:assumed-role/${roleName}/${physicalName}`,
          policies: policiesOf(declarations, properties.Role),
        },
        reserved: properties.ReservedConcurrentExecutions,
      };
    });
}

/** Credentials that mean something to this machine's gates only. */
export function madeUpCredentials(prefix: string): { accessKey: string; secret: string } {
  return {
    accessKey: `${prefix}${randomBytes(12).toString("hex").toUpperCase()}`,
    secret: randomBytes(20).toString("hex"),
  };
}
