import * as z from "zod";
import type { Identity } from "../kind.ts";
import { arn, inert, kind, tags } from "../kind.ts";
import type { World } from "../world.ts";

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) }));
const backups = inert("data on one machine is backed up with its folder");
const encryption = inert("the folder's owner-only rights stand in for encryption at rest");

// Read for whose key it is: callers need the right to use it.
const sealing = {
  KMSMasterKeyId: z.string().optional(),
  SSEEnabled: encryption,
  SSEType: encryption,
};

const globalSecondaryIndex = z.strictObject({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.strictObject({
    ProjectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
  ContributorInsightsSpecification: inert("metrics only"),
});

const shared = {
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(globalSecondaryIndex).optional(),
  BillingMode: z.literal("PAY_PER_REQUEST"),
  TimeToLiveSpecification: inert("DynamoDB deletes expired items days late: every reader must treat them as absent"),
};

function identify(name: string, world: World): Identity {
  return { ref: name, attributes: { Arn: arn(world, "dynamodb", `table/${name}`) } };
}

export const table = kind({
  type: "AWS::DynamoDB::Table",
  nameProperty: "TableName",
  nameLimit: 255,
  identify,
  properties: z.strictObject({
    ...shared,
    SSESpecification: z.strictObject(sealing).optional(),
    PointInTimeRecoverySpecification: backups,
    DeletionProtectionEnabled: inert("no call of ours deletes a table"),
    ContributorInsightsSpecification: inert("metrics only"),
    Tags: tags,
  }),
});

export const globalTable = kind({
  type: "AWS::DynamoDB::GlobalTable",
  nameProperty: "TableName",
  nameLimit: 255,
  identify,
  properties: z.strictObject({
    ...shared,
    SSESpecification: encryption,
    Replicas: z
      .array(
        z.strictObject({
          Region: z.string(),
          PointInTimeRecoverySpecification: backups,
          DeletionProtectionEnabled: inert("no call of ours deletes a table"),
          ContributorInsightsSpecification: inert("metrics only"),
          GlobalSecondaryIndexes: inert("capacity and metrics of the replica's indexes"),
          SSESpecification: z.strictObject({ KMSMasterKeyId: z.string() }).optional(),
          Tags: tags,
        }),
      )
      .length(1, "more than one region is not known to the embedded cloud"),
  }),
});
