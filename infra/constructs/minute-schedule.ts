import { Aws } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import type { ServiceFunction } from "./service-function.ts";

/**
 * Starts a function each minute. A start that fails is not tried again and leaves no dead letter: the next minute's
 * start does the same work, and an alarm watches for starts that stay away.
 */
export class MinuteSchedule extends Construct {
  constructor(scope: Construct, id: string, props: { readonly starts: ServiceFunction }) {
    super(scope, id);
    const role = new Role(this, "Role", {
      // Only this account's schedules may borrow the role.
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
      }),
    });
    const target = props.starts.lambda.functionArn;
    role.addToPolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [target] }));
    const schedule = new CfnSchedule(this, "Schedule", {
      description: `Starts ${props.starts.name} each minute.`,
      scheduleExpression: "rate(1 minute)",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: target,
        roleArn: role.roleArn,
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
    });
    // Scheduler tries the role when the schedule is made, so its policy must be there first.
    schedule.node.addDependency(role);
  }
}
