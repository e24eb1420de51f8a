import * as z from "zod";
import { inert, kind, tags } from "../kind.ts";

const inlinePolicy = z.strictObject({ PolicyName: z.string(), PolicyDocument: z.unknown() });

export const role = kind({
  type: "AWS::IAM::Role",
  nameProperty: "RoleName",
  nameLimit: 64,
  identify: (name, world) => ({
    ref: name,
    attributes: { Arn: `arn:${world.partition}:iam::${world.account}:role/${name}`, RoleId: `AROA${name}` },
  }),
  properties: z.strictObject({
    RoleName: z.string().optional(),
    AssumeRolePolicyDocument: z.unknown(),
    ManagedPolicyArns: z.array(z.string()).optional(),
    Policies: z.array(inlinePolicy).optional(),
    Description: inert("a label"),
    MaxSessionDuration: inert("made-up credentials do not expire within a run"),
    Path: z.literal("/").optional(),
    Tags: tags,
  }),
});

export const policy = kind({
  type: "AWS::IAM::Policy",
  identify: (name) => ({ ref: name, attributes: {} }),
  properties: z.strictObject({
    PolicyName: z.string(),
    PolicyDocument: z.unknown(),
    Roles: z.array(z.string()),
  }),
});
