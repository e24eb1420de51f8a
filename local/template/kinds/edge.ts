import * as z from "zod";
import { arn, digest, inert, kind, physicalName, tags } from "../kind.ts";

const idOf = (name: string): string => `E${digest(name).slice(0, 13).toUpperCase()}`;

const behaviour = {
  TargetOriginId: z.string(),
  AllowedMethods: z.array(z.string()).default(["GET", "HEAD"]),
  ResponseHeadersPolicyId: z.string().optional(),
  FunctionAssociations: z
    .array(z.strictObject({ EventType: z.literal("viewer-request"), FunctionARN: z.string() }))
    .max(1)
    .default([]),
  CachePolicyId: inert("nothing is kept between this machine and its browser"),
  OriginRequestPolicyId: inert("the API hears the request itself"),
  ViewerProtocolPolicy: inert("loopback has no TLS"),
  Compress: inert("nothing is far away"),
};

const origin = z.strictObject({
  Id: z.string(),
  DomainName: z.string(),
  S3OriginConfig: z.strictObject({ OriginAccessIdentity: z.literal("") }).optional(),
  CustomOriginConfig: z
    .strictObject({
      OriginProtocolPolicy: z.literal("https-only"),
      OriginSSLProtocols: inert("loopback has no TLS"),
    })
    .optional(),
  OriginCustomHeaders: z.array(z.strictObject({ HeaderName: z.string(), HeaderValue: z.string() })).default([]),
  OriginAccessControlId: inert("the console's files are in a folder, not in a bucket"),
});

export const distribution = kind({
  type: "AWS::CloudFront::Distribution",
  identify: (name, world) => ({
    ref: idOf(name),
    attributes: { Id: idOf(name), DomainName: new URL(world.apiUrl).host },
  }),
  properties: z.strictObject({
    DistributionConfig: z.strictObject({
      Enabled: z.literal(true),
      DefaultRootObject: z.string(),
      DefaultCacheBehavior: z.strictObject(behaviour),
      CacheBehaviors: z.array(z.strictObject({ PathPattern: z.string(), ...behaviour })).default([]),
      Origins: z.array(origin),
      Aliases: inert("one machine is found at its own address"),
      ViewerCertificate: inert("loopback has no TLS"),
      WebACLId: inert("nobody but this machine reaches it"),
      HttpVersion: inert("browsers speak HTTP/2 and 3 over TLS only"),
      IPV6Enabled: inert("loopback has no other networks"),
      Comment: inert("a label"),
    }),
    Tags: tags,
  }),
});

export const edgeFunction = kind({
  type: "AWS::CloudFront::Function",
  nameProperty: "Name",
  nameLimit: 64,
  identify: (name, world) => ({
    ref: name,
    attributes: { FunctionARN: `arn:${world.partition}:cloudfront::${world.account}:function/${name}` },
  }),
  properties: z.strictObject({
    Name: z.string(),
    FunctionCode: z.string(),
    FunctionConfig: z.strictObject({ Runtime: z.literal("cloudfront-js-2.0"), Comment: inert("a label") }),
    AutoPublish: z.literal(true),
  }),
});

const overriding = { Override: z.literal(true) };

export const headersPolicy = kind({
  type: "AWS::CloudFront::ResponseHeadersPolicy",
  identify: (name) => ({ ref: idOf(name), attributes: { Id: idOf(name) } }),
  properties: z.strictObject({
    ResponseHeadersPolicyConfig: z.strictObject({
      Name: inert("a label"),
      CustomHeadersConfig: z
        .strictObject({ Items: z.array(z.strictObject({ Header: z.string(), Value: z.string(), ...overriding })) })
        .optional(),
      SecurityHeadersConfig: z
        .strictObject({
          ContentSecurityPolicy: z.strictObject({ ContentSecurityPolicy: z.string(), ...overriding }).optional(),
          ContentTypeOptions: z.strictObject(overriding).optional(),
          FrameOptions: z.strictObject({ FrameOption: z.enum(["DENY", "SAMEORIGIN"]), ...overriding }).optional(),
          ReferrerPolicy: z.strictObject({ ReferrerPolicy: z.string(), ...overriding }).optional(),
          StrictTransportSecurity: z
            .strictObject({ AccessControlMaxAgeSec: z.int(), IncludeSubdomains: z.literal(true), ...overriding })
            .optional(),
        })
        .optional(),
    }),
  }),
});

export const bucket = kind({
  type: "AWS::S3::Bucket",
  nameProperty: "BucketName",
  nameLimit: 63,
  identify: (given, world) => {
    const name = physicalName(given.toLowerCase(), "files", 63);
    return {
      ref: name,
      attributes: {
        Arn: `arn:${world.partition}:s3:::${name}`,
        RegionalDomainName: `${name}.s3.${world.region}.amazonaws.com`,
      },
    };
  },
  properties: z.strictObject({
    BucketName: z.string().optional(),
    BucketEncryption: inert("the console's files are the same for everyone"),
    OwnershipControls: inert("the folder's owner is the one owner"),
    PublicAccessBlockConfiguration: inert("a folder is on no network"),
    Tags: tags,
  }),
});

export const secret = kind({
  type: "AWS::SecretsManager::Secret",
  nameProperty: "Name",
  nameLimit: 512,
  identify: (name, world) => {
    const whole = arn(world, "secretsmanager", `secret:${name}`);
    return { ref: whole, attributes: { Id: whole } };
  },
  properties: z.strictObject({
    Name: z.string().optional(),
    GenerateSecretString: z.strictObject({
      PasswordLength: z.int().min(32),
      ExcludePunctuation: inert("what is made up here has no punctuation"),
    }),
    Description: inert("a label"),
    Tags: tags,
  }),
});
