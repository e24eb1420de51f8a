import type { Identity } from "../kind.ts";
import { arn } from "../kind.ts";
import type { World } from "../world.ts";

interface InertType {
  reason: string;
  identify: (name: string, world: World) => Identity;
}

/** Resource types that are deliberately without effect on one machine, each with its reason. */
export const inertTypes: Record<string, InertType> = {
  "AWS::CloudWatch::Alarm": {
    reason: "nobody is paged by one machine; the same figures are on its console",
    identify: (name, world) => ({ ref: name, attributes: { Arn: arn(world, "cloudwatch", `alarm:${name}`) } }),
  },
  "AWS::CloudWatch::Dashboard": {
    reason: "a view of metrics that exist on AWS only",
    identify: (name) => ({ ref: name, attributes: {} }),
  },
  "AWS::Logs::LogGroup": {
    reason: "each function logs to a file of its own under the data folder",
    identify: (name, world) => ({
      ref: name,
      attributes: { Arn: arn(world, "logs", `log-group:${name}:*`), LogGroupName: name },
    }),
  },
  "AWS::Scheduler::ScheduleGroup": {
    reason: "a label on schedules",
    identify: (name, world) => ({ ref: name, attributes: { Arn: arn(world, "scheduler", `schedule-group/${name}`) } }),
  },
  "AWS::CDK::Metadata": {
    reason: "usage figures for the CDK's authors",
    identify: (name) => ({ ref: name, attributes: {} }),
  },
};
