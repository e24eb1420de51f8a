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
  "AWS::Cognito::ManagedLoginBranding": {
    reason: "the look of Amazon's page of sign-in; the embedded provider has its own",
    identify: (name) => ({ ref: name, attributes: {} }),
  },
  "AWS::ApiGatewayV2::ApiMapping": {
    reason: "one machine is found at its own address",
    identify: (name) => ({ ref: name, attributes: {} }),
  },
  "AWS::ApiGatewayV2::DomainName": {
    reason: "one machine is found at its own address",
    identify: (name, world) => ({ ref: name, attributes: { RegionalDomainName: new URL(world.apiUrl).host } }),
  },
  "AWS::CloudFront::OriginAccessControl": {
    reason: "the console's files are in a folder of this machine, not in a bucket",
    identify: (name) => ({ ref: name, attributes: { Id: name } }),
  },
  "AWS::Logs::Delivery": {
    reason: "requests are not logged on one machine",
    identify: (name) => ({ ref: name, attributes: {} }),
  },
  "AWS::Logs::DeliveryDestination": {
    reason: "requests are not logged on one machine",
    identify: (name, world) => ({ ref: name, attributes: { Arn: arn(world, "logs", `delivery-destination:${name}`) } }),
  },
  "AWS::Logs::DeliverySource": {
    reason: "requests are not logged on one machine",
    identify: (name) => ({ ref: name, attributes: {} }),
  },
  "AWS::S3::BucketPolicy": {
    reason: "the console's files are in a folder of this machine, not in a bucket",
    identify: (name) => ({ ref: name, attributes: {} }),
  },
  "AWS::WAFv2::WebACL": {
    reason: "nobody but this machine reaches it",
    identify: (name, world) => ({ ref: name, attributes: { Arn: arn(world, "wafv2", `global/webacl/${name}`) } }),
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
