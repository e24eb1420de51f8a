import * as z from "zod";
import { arn, inert, kind, tags, uuidOf } from "../kind.ts";

export const key = kind({
  type: "AWS::KMS::Key",
  identify: (name, world) => ({
    ref: uuidOf(name),
    attributes: { Arn: arn(world, "kms", `key/${uuidOf(name)}`), KeyId: uuidOf(name) },
  }),
  properties: z.strictObject({
    KeyPolicy: z.unknown(),
    KeySpec: z.literal("SYMMETRIC_DEFAULT").optional(),
    KeyUsage: z.literal("ENCRYPT_DECRYPT").optional(),
    Enabled: z.literal(true).optional(),
    Description: inert("a label"),
    EnableKeyRotation: inert("the keyring's master key does not leave this machine"),
    RotationPeriodInDays: inert("the keyring's master key does not leave this machine"),
    PendingWindowInDays: inert("no key is deleted here"),
    Tags: tags,
  }),
});

export const keyAlias = kind({
  type: "AWS::KMS::Alias",
  nameProperty: "AliasName",
  identify: (name, world) => ({ ref: name, attributes: { Arn: arn(world, "kms", name), AliasName: name } }),
  properties: z.strictObject({ AliasName: z.string().startsWith("alias/"), TargetKeyId: z.string() }),
});
