import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { EdgeLogs } from "../constructs/edge-logs.ts";
import { stackOutput } from "../constructs/stack-output.ts";
import { WebAcl } from "../constructs/web-acl.ts";

/** Where AWS wants everything that belongs to CloudFront and is not the distribution itself. */
const REGION = "us-east-1";
const OUTPUT = "WebAclArn";

/**
 * What the edge needs in us-east-1, whatever region the rest is deployed to: the web ACL and, once the context `edgeLogs`
 * gives the distribution's id, its access log.
 */
export class FirewallStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { env: { region: REGION } });
    new CfnOutput(this, OUTPUT, { value: new WebAcl(this, "WebAcl").arn });
    const distribution: unknown = this.node.tryGetContext("edgeLogs");
    if (distribution === undefined) return;
    if (typeof distribution !== "string" || !/^E[A-Z0-9]+$/.test(distribution))
      throw new Error('the context "edgeLogs" is no id of a distribution, such as E1A2B3C4D5E6F7');
    new EdgeLogs(this, "Logs", distribution);
  }

  /** ARN of the web ACL, for a stack of any region. */
  get webAcl(): string {
    return stackOutput(this.stackName, OUTPUT, REGION);
  }
}
