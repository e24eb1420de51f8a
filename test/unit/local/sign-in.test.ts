import { describe, expect, it } from "vitest";
import { signInPlan } from "../../../local/template/kinds/sign-in.ts";
import { readStacks } from "../../../local/template/read.ts";

const world = {
  partition: "aws",
  account: "000000000000",
  region: "us-east-1",
  queuesUrl: "http://127.0.0.1:1",
  apiUrl: "http://127.0.0.1:2",
};
const POOL = { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } };
const CLIENT = {
  UserPoolId: { Ref: "Pool" },
  GenerateSecret: false,
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ["code"],
  AllowedOAuthScopes: ["openid"],
  CallbackURLs: ["https://desk.example.org/signed-in"],
  LogoutURLs: ["https://desk.example.org/"],
  SupportedIdentityProviders: ["COGNITO"],
  AccessTokenValidity: 15,
  IdTokenValidity: 20,
  RefreshTokenValidity: 30,
  TokenValidityUnits: { AccessToken: "minutes", IdToken: "minutes", RefreshToken: "minutes" },
  RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 30 },
  PreventUserExistenceErrors: "ENABLED",
};
type Properties = Record<string, unknown>;
const poolOf = (properties: Properties) => ({ Type: "AWS::Cognito::UserPool", Properties: properties });
const clientOf = (properties: Properties) => ({ Type: "AWS::Cognito::UserPoolClient", Properties: properties });
const declare = (Resources: Record<string, { Type: string; Properties: Properties }>) =>
  readStacks([{ name: "one", template: { Resources }, assets: {} }], world);
const plan = (client: Properties = {}, pool: Properties = {}) =>
  signInPlan(declare({ Pool: poolOf({ ...POOL, ...pool }), Client: clientOf({ ...CLIENT, ...client }) }), world);

describe("the embedded provider", () => {
  it("is what the template says, at the cloud's own address", () => {
    expect(plan()).toMatchObject({
      issuer: "http://127.0.0.1:2/oidc",
      scopes: ["openid"],
      callbackUrls: ["http://127.0.0.1:2/signed-in"],
      logoutUrls: ["http://127.0.0.1:2/"],
      accessTokenSeconds: 900,
      idTokenSeconds: 1_200,
      refreshTokenSeconds: 1_800,
      rotates: true,
      revokes: true,
    });
    expect(plan({ RefreshTokenRotation: { Feature: "DISABLED" }, EnableTokenRevocation: false })).toMatchObject({
      rotates: false,
      revokes: false,
    });
  });

  it("is none where nobody signs in", () => {
    expect(signInPlan(declare({ Pool: poolOf(POOL) }), world)).toBeUndefined();
  });

  it.each<[string, Properties, RegExp]>([
    ["a secret", { GenerateSecret: true }, /GenerateSecret/],
    ["the implicit flow", { AllowedOAuthFlows: ["code", "implicit"] }, /AllowedOAuthFlows/],
    ["another scope", { AllowedOAuthScopes: ["openid", "email"] }, /AllowedOAuthScopes/],
    ["another provider", { SupportedIdentityProviders: ["COGNITO", "Google"] }, /SupportedIdentityProviders/],
    ["a flow of its own for passwords", { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] }, /ExplicitAuthFlows/],
    [
      "another unit of time",
      { TokenValidityUnits: { ...CLIENT.TokenValidityUnits, AccessToken: "hours" } },
      /AccessToken/,
    ],
    ["what it does not know", { AnalyticsConfiguration: {} }, /AnalyticsConfiguration: not known/],
    ["another pool", { UserPoolId: "us-east-1_other" }, /UserPoolId/],
  ])("refuses a client with %s", (_, client, message) => {
    expect(() => plan(client)).toThrow(message);
  });

  it("refuses a pool that people join by themselves, and one that demands what it has not", () => {
    expect(() => plan({}, { AdminCreateUserConfig: { AllowAdminCreateUserOnly: false } })).toThrow(/AllowAdmin/);
    expect(() => plan({}, { MfaConfiguration: "ON" })).toThrow(/MfaConfiguration/);
    expect(() => plan({}, { LambdaConfig: {} })).toThrow(/LambdaConfig: not known/);
  });

  it("refuses a second client, and one without a pool", () => {
    const two = { Pool: poolOf(POOL), Client: clientOf(CLIENT), Other: clientOf(CLIENT) };
    expect(() => signInPlan(declare(two), world)).toThrow(/one\/Other: a second/);
    const lost = { Client: clientOf({ ...CLIENT, UserPoolId: "somewhere" }) };
    expect(() => signInPlan(declare(lost), world)).toThrow(/no stack declares its pool/);
  });
});
