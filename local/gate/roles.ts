import { policy, role } from "../template/kinds/roles.ts";
import type { Declarations } from "../template/read.ts";
import { TemplateRefused } from "../template/world.ts";

/** A policy document and where the template has it. */
export interface PlacedPolicy {
  document: unknown;
  where: string;
}

const logging = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];
const tracing = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];

/** The policies of AWS's own that a role may hold here; those that would open data are not among them. */
const managed: Record<string, string[]> = {
  "service-role/AWSLambdaBasicExecutionRole": logging,
  AWSXRayDaemonWriteAccess: tracing,
};

/**
 * All policies of a role: its own, those attached to it, and AWS's.
 * @throws TemplateRefused where the stacks declare no such role
 */
export function policiesOf(declarations: Declarations, roleArn: string): PlacedPolicy[] {
  const found = declarations.of(role).find(({ attributes }) => attributes.Arn === roleArn);
  if (found === undefined) throw new TemplateRefused(`no stack declares the role ${roleArn}`);
  const where = `${found.stack}/${found.logicalId}`;
  const { Policies = [], ManagedPolicyArns = [] } = found.properties;
  return [
    ...Policies.map(({ PolicyName, PolicyDocument }) => ({
      document: PolicyDocument,
      where: `${where} ${PolicyName}`,
    })),
    ...declarations
      .of(policy)
      .filter(({ properties }) => properties.Roles.includes(found.ref))
      .map(({ stack, logicalId, properties }) => ({
        document: properties.PolicyDocument,
        where: `${stack}/${logicalId}`,
      })),
    ...ManagedPolicyArns.map((arn) => {
      const actions = managed[arn.replace(/^arn:[^:]+:iam::aws:policy\//, "")];
      if (actions === undefined)
        throw new TemplateRefused(`${where}: the managed policy ${arn} is not known to the embedded cloud`);
      return { document: { Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] }, where: arn };
    }),
  ];
}
