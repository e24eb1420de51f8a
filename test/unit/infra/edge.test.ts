import { describe, expect, it } from "vitest";
import { buildApp } from "../../../infra/app.ts";
import { synthesise } from "../../../infra/synthesise.ts";
import { CONSOLE_CACHE } from "../../../shared/contracts/console-headers.ts";
import { ORIGIN_HEADER } from "../../../shared/contracts/origin-header.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { inlineCode, type Json, list, SystemTemplate } from "./read-template.ts";

const CERTIFICATE = "arn:aws:acm:us-east-1:000000000000:certificate/11111111-2222-3333-4444-555555555555";
/** One route will do: nothing here is about the others. */
const few = { code: inlineCode, routes: [routes.health] };
// With cdk-nag wherever a position changes what it looks at: a finding that is not acknowledged fails here.
const at = async (context: Record<string, unknown> = {}, nag = true) => {
  const stacks = await synthesise({ ...few, nag, context });
  return { stacks, system: new SystemTemplate(stacks) };
};
const { stacks, system } = await at();
const only = (type: string, of: SystemTemplate = system): Json => {
  const found = of.of(type);
  expect([type, found.length]).toEqual([type, 1]);
  return found[0]?.properties;
};
const config = (of: SystemTemplate = system): Json => only("AWS::CloudFront::Distribution", of).DistributionConfig;
const behaviours = (of: SystemTemplate = system): Map<string, Json> =>
  new Map([
    ["default", config(of).DefaultCacheBehavior],
    ...config(of).CacheBehaviors.map((one: Json) => [one.PathPattern, one]),
  ]);
const originOf = (path: string): Json =>
  config().Origins.find(({ Id }: Json) => Id === behaviours().get(path).TargetOriginId);
const variables = (of: SystemTemplate): Json => of.functions().get("authorise")?.properties.Environment.Variables;
const secretIn = (value: Json): string => {
  const [, id] = /^\{\{resolve:secretsmanager:(\w+):SecretString:::\}\}$/.exec(system.target(value)) ?? [];
  if (id === undefined) throw new Error(`no secret: ${JSON.stringify(value)}`);
  return id;
};

describe("the console's bucket", () => {
  const bucket = only("AWS::S3::Bucket");
  const statements: Json[] = only("AWS::S3::BucketPolicy").PolicyDocument.Statement;

  it("is private, encrypted and kept", () => {
    expect(Object.values(bucket.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    expect(bucket).not.toHaveProperty("WebsiteConfiguration");
    expect(bucket.BucketEncryption.ServerSideEncryptionConfiguration).toHaveLength(1);
    expect(system.of("AWS::S3::Bucket")[0]?.whole).toMatchObject({ DeletionPolicy: "Retain" });
  });

  it("is read by this distribution alone, signed and over TLS, and never listed", () => {
    const [distribution] = system.of("AWS::CloudFront::Distribution");
    const allowed = statements.filter(({ Effect }) => Effect === "Allow");
    expect(allowed).toHaveLength(1);
    expect(allowed[0]).toMatchObject({
      Action: "s3:GetObject",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Condition: { StringEquals: { "AWS:SourceArn": expect.anything() } },
    });
    expect(system.target(allowed[0].Condition.StringEquals["AWS:SourceArn"])).toMatch(
      new RegExp(`:distribution/${distribution?.id}$`),
    );
    expect(statements).toContainEqual(
      expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    );
    const access = only("AWS::CloudFront::OriginAccessControl").OriginAccessControlConfig;
    expect(access).toMatchObject({ SigningBehavior: "always", SigningProtocol: "sigv4" });
    expect(originOf("default")).toHaveProperty("OriginAccessControlId");
    expect(originOf("/assets/*")).toEqual(originOf("default"));
  });
});

describe("the distribution", () => {
  it("serves the console read-only and the API with every method", () => {
    expect([...behaviours().keys()]).toEqual(["default", "/assets/*", "/v1/*"]);
    for (const path of ["default", "/assets/*"])
      expect(behaviours().get(path).AllowedMethods ?? ["GET", "HEAD"]).toEqual(["GET", "HEAD"]);
    expect(behaviours().get("/v1/*").AllowedMethods).toContain("POST");
    expect(config()).toMatchObject({ DefaultRootObject: "index.html", HttpVersion: "http2and3", Enabled: true });
    expect(config()).not.toHaveProperty("CustomErrorResponses");
  });

  it("compresses, and never takes a key in clear", () => {
    for (const one of behaviours().values()) expect(one.Compress).toBe(true);
    expect(behaviours().get("/v1/*").ViewerProtocolPolicy).toBe("https-only");
    for (const path of ["default", "/assets/*"])
      expect(behaviours().get(path).ViewerProtocolPolicy).toBe("redirect-to-https");
  });

  it("keeps nothing but what is named by its content", () => {
    const never = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
    const kept = [...behaviours()].filter(([, { CachePolicyId }]) => CachePolicyId !== never).map(([path]) => path);
    expect(kept).toEqual(["/assets/*"]);
    const cacheOf = (path: string): string =>
      system
        .byId(system.target(behaviours().get(path).ResponseHeadersPolicyId))
        .properties.ResponseHeadersPolicyConfig.CustomHeadersConfig.Items.find(
          ({ Header }: Json) => Header === "cache-control",
        ).Value;
    expect([cacheOf("default"), cacheOf("/assets/*")]).toEqual([CONSOLE_CACHE.pages, CONSOLE_CACHE.assets]);
  });

  it("hands the API all of a request but its host, over TLS 1.2, with the secret that the authoriser demands", () => {
    // Authorization and the query string among it: AllViewerExceptHostHeader.
    expect(behaviours().get("/v1/*").OriginRequestPolicyId).toBe("b689b0a8-53d0-40ab-baf2-68738e2966ac");
    const origin = originOf("/v1/*");
    expect(origin.CustomOriginConfig).toEqual({ OriginProtocolPolicy: "https-only", OriginSSLProtocols: ["TLSv1.2"] });
    const [api] = system.of("AWS::ApiGatewayV2::Api");
    expect(JSON.stringify(origin.DomainName)).toContain(`["${api?.id}","ApiEndpoint"]`);
    expect(origin.OriginCustomHeaders.map(({ HeaderName }: Json) => HeaderName)).toEqual([ORIGIN_HEADER]);
    expect(origin.OriginCustomHeaders[0].HeaderValue).toEqual(variables(system).ORIGIN_SECRET);
  });

  it("lets the console ask the identity provider, by the issuer's and the token endpoint's origins", () => {
    const policies = system.of("AWS::CloudFront::ResponseHeadersPolicy").map(({ properties }) => properties);
    expect(policies).toHaveLength(2);
    for (const { ResponseHeadersPolicyConfig: its } of policies) {
      const csp = system.target(its.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy);
      expect(csp).toMatch(
        /connect-src 'self' https:\/\/cognito-idp\.AWS::Region\.amazonaws\.com https:\/\/\S+\.auth\.AWS::Region\.amazoncognito\.com;/,
      );
    }
  });

  it("is where the pool leads back to", () => {
    const [distribution] = system.of("AWS::CloudFront::Distribution");
    const client = only("AWS::Cognito::UserPoolClient");
    expect(client.CallbackURLs.map((url: Json) => system.target(url))).toEqual([
      `https://${distribution?.id}/signed-in`,
    ]);
    expect(client.LogoutURLs.map((url: Json) => system.target(url))).toEqual([`https://${distribution?.id}/`]);
  });
});

describe("a domain of one's own", () => {
  it("brings TLS 1.2 and newer, and is what the outputs and the pool say", async () => {
    const { system: own } = await at({ consoleDomain: "mod.example.org", consoleCertificate: CERTIFICATE });
    expect(config(own).Aliases).toEqual(["mod.example.org"]);
    expect(config(own).ViewerCertificate).toEqual({
      AcmCertificateArn: CERTIFICATE,
      MinimumProtocolVersion: "TLSv1.2_2021",
      SslSupportMethod: "sni-only",
    });
    expect(own.outputs.get("Domain")).toBe("mod.example.org");
    expect(own.outputs.get("DomainTarget")).toBe(own.of("AWS::CloudFront::Distribution")[0]?.id);
    expect(only("AWS::Cognito::UserPoolClient", own).CallbackURLs).toEqual(["https://mod.example.org/signed-in"]);
  });

  it("of the API switches its execute-api address off", async () => {
    expect(only("AWS::ApiGatewayV2::Api")).not.toHaveProperty("DisableExecuteApiEndpoint");
    const { system: own } = await at({ apiDomain: "api.example.org", apiCertificate: CERTIFICATE });
    expect(only("AWS::ApiGatewayV2::Api", own).DisableExecuteApiEndpoint).toBe(true);
    expect(only("AWS::ApiGatewayV2::DomainName", own)).toMatchObject({
      DomainName: "api.example.org",
      DomainNameConfigurations: [{ CertificateArn: CERTIFICATE, SecurityPolicy: "TLS_1_2" }],
    });
    const mapping = only("AWS::ApiGatewayV2::ApiMapping", own);
    expect(own.target(mapping.ApiId)).toBe(own.of("AWS::ApiGatewayV2::Api")[0]?.id);
    expect(config(own).Origins.map(({ DomainName }: Json) => DomainName)).toContain("api.example.org");
    expect(own.outputs.get("ApiUrl")).toBe("https://api.example.org");
    expect(own.outputs.get("ApiTarget")).toBe(own.of("AWS::ApiGatewayV2::DomainName")[0]?.id);
  });

  it.each([
    [{ consoleDomain: "mod.example.org" }, '"consoleCertificate" is missing'],
    [{ consoleCertificate: CERTIFICATE }, '"consoleDomain" is missing'],
    [{ apiDomain: "api.example.org", apiCertificate: "" }, '"apiCertificate" is missing'],
    [{ originSecret: "two" }, "no whole number"],
    [{ originSecret: 0 }, "no whole number"],
    [{ edgeLogs: "https://example.org" }, "no id of a distribution"],
  ])("%j is refused", async (context, message) => {
    await expect(buildApp({ ...few, nag: false, context })).rejects.toThrow(message);
  });
});

describe("the origin secret", () => {
  const known = (of: SystemTemplate) =>
    ["ORIGIN_SECRET", "ORIGIN_SECRET_NEXT"].map((name) => secretIn(variables(of)[name]));

  it("is made up by AWS, long, and stands in no template", () => {
    const secrets = system.of("AWS::SecretsManager::Secret");
    expect(secrets.map(({ id }) => id).sort()).toEqual(known(system).sort());
    for (const { properties } of secrets) {
      expect(properties.GenerateSecretString.PasswordLength).toBeGreaterThanOrEqual(32);
      expect(properties).not.toHaveProperty("SecretString");
    }
  });

  it("is turned without a gap: what comes into use is known to the authoriser that runs", async () => {
    const { system: turned } = await at({ originSecret: "2" }, false);
    const [, before] = known(system);
    const [inUse, next] = known(turned);
    expect(inUse).toBe(before);
    expect(known(system)).not.toContain(next);
    const shown = config(turned).Origins.flatMap(({ OriginCustomHeaders = [] }: Json) => OriginCustomHeaders);
    expect(shown.map(({ HeaderValue }: Json) => secretIn(HeaderValue))).toEqual([inUse]);
    expect(
      turned
        .of("AWS::SecretsManager::Secret")
        .map(({ id }) => id)
        .sort(),
    ).toEqual([inUse, next].sort());
  });

  it("is forgotten by the authoriser only when the distribution shows the next one everywhere", () => {
    const [distribution] = system.of("AWS::CloudFront::Distribution");
    expect(system.functions().get("authorise")?.whole.DependsOn).toContain(distribution?.id);
  });

  it("is told to the authoriser alone", () => {
    for (const [name, fn] of system.functions())
      expect([name, JSON.stringify(fn.properties).includes("secretsmanager")]).toEqual([name, name === "authorise"]);
  });
});

describe("the firewall", () => {
  const acl = only("AWS::WAFv2::WebACL");
  const rules: Json[] = acl.Rules;

  it("is in us-east-1, deployed first, and in front of the distribution wherever that is", async () => {
    const app = await buildApp({ ...few, nag: false });
    const { stacks: built } = app.synth();
    const firewall = built.find(({ stackName }) => stackName === "touchstone-firewall");
    expect(firewall?.environment.region).toBe("us-east-1");
    for (const { stackName, environment } of built)
      if (stackName !== "touchstone-firewall") expect(environment.region).toBe("unknown-region");
    expect(built.find(({ stackName }) => stackName === "touchstone-stateless")?.dependencies).toContain(firewall);
    const { StackName, OutputName, Region } = config().WebACLId["Fn::GetStackOutput"];
    const named = stacks.find(({ name }) => name === StackName)?.template.Outputs?.[OutputName];
    expect([StackName, Region]).toEqual(["touchstone-firewall", "us-east-1"]);
    expect(system.target(named?.Value)).toBe(system.of("AWS::WAFv2::WebACL")[0]?.id);
  });

  it("has AWS's groups and limits what one address may send", () => {
    expect(acl).toMatchObject({ Scope: "CLOUDFRONT", DefaultAction: { Allow: {} } });
    const groups = rules.flatMap(({ Statement }) => Statement.ManagedRuleGroupStatement?.Name ?? []);
    expect(groups).toEqual([
      "AWSManagedRulesCommonRuleSet",
      "AWSManagedRulesKnownBadInputsRuleSet",
      "AWSManagedRulesAmazonIpReputationList",
    ]);
    const limits = rules.filter(({ Statement }) => Statement.RateBasedStatement);
    expect(limits).toHaveLength(2);
    for (const { Action, Statement } of limits) {
      expect(Action).toHaveProperty("Block");
      expect(Statement.RateBasedStatement.AggregateKeyType).toBe("IP");
    }
    expect(new Set(rules.map(({ Priority }) => Priority)).size).toBe(rules.length);
  });

  it("blocks nobody for what is written in a body: hostile text is what Touchstone is for", () => {
    const counted = rules.flatMap(({ Statement }) =>
      list(Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? []).map(({ Name, ActionToUse }) => {
        expect(ActionToUse).toEqual({ Count: {} });
        return Name;
      }),
    );
    for (const name of ["SizeRestrictions_BODY", "CrossSiteScripting_BODY", "Log4JRCE_BODY"])
      expect(counted).toContain(name);
  });

  it("keeps no samples of requests, which would show queries and addresses", () => {
    for (const { VisibilityConfig } of [acl, ...rules])
      expect(VisibilityConfig).toMatchObject({ SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true });
  });
});

describe("the edge's access log", () => {
  it("is off until the distribution is known", () => {
    expect(() => system.of("AWS::Logs::Delivery")).toThrow("has no");
  });

  it("holds neither path, query, address, cookie nor user agent, and ends after a month", async () => {
    const { stacks: logging, system: on } = await at({ edgeLogs: "E1A2B3C4D5E6F7" });
    const { RecordFields, DeliverySourceName } = only("AWS::Logs::Delivery", on);
    expect(RecordFields.join(" ")).not.toMatch(/uri|query|stem|c-ip|forwarded|referer|user-agent|cookie|host/i);
    const source = only("AWS::Logs::DeliverySource", on);
    expect(source).toMatchObject({ Name: DeliverySourceName, LogType: "ACCESS_LOGS" });
    expect(on.target(source.ResourceArn)).toMatch(/:distribution\/E1A2B3C4D5E6F7$/);
    const firewall = logging.find(({ name }) => name === "touchstone-firewall")?.template.Resources ?? {};
    expect(Object.values(firewall).map(({ Type }) => Type)).toContain("AWS::Logs::Delivery");
    for (const { Type, Properties } of Object.values(firewall))
      if (Type === "AWS::Logs::LogGroup") expect(Properties?.RetentionInDays).toBe(30);
  });
});
