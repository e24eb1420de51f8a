import { Token } from "aws-cdk-lib";

/**
 * An output of a stack of any region of the same account, read by CloudFormation when the stack that asks is deployed.
 * Exports stay in their region, and the CDK's own way across regions needs to know them when it synthesises.
 */
export const stackOutput = (stack: string, output: string, region: string): string =>
  Token.asString({ "Fn::GetStackOutput": { StackName: stack, OutputName: output, Region: region } });
