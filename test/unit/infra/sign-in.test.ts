import { describe, expect, it } from "vitest";
import { systemTemplate } from "./read-template.ts";

const system = await systemTemplate(false);
const [pool] = system.of("AWS::Cognito::UserPool");
const [client] = system.of("AWS::Cognito::UserPoolClient");

describe("the pool", () => {
  it("is kept, and nobody makes an account of their own in it", () => {
    expect(pool?.properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      DeletionProtection: "ACTIVE",
    });
    expect(pool?.whole).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
  });

  it("wants long passwords or passkeys, and offers a second factor that is no text message", () => {
    expect(pool?.properties).toMatchObject({
      Policies: {
        PasswordPolicy: { MinimumLength: 14, RequireSymbols: true },
        SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] },
      },
      MfaConfiguration: "OPTIONAL",
      EnabledMfas: ["SOFTWARE_TOKEN_MFA"],
    });
  });

  it("has a page of sign-in whose name says nothing of the account, or the one that the context chose", async () => {
    const nameOf = (one: typeof system) => JSON.stringify(one.of("AWS::Cognito::UserPoolDomain")[0]?.properties.Domain);
    expect(nameOf(system)).toContain("AWS::StackId");
    expect(nameOf(system)).not.toContain("AWS::AccountId");
    expect(nameOf(await systemTemplate(false, { signInPrefix: "desk-of-acme" }))).toBe('"desk-of-acme"');
  });
});

describe("the console as its client", () => {
  it("keeps no secret and has one way in: the code flow, back to the console's own address", () => {
    const { CallbackURLs, LogoutURLs, ...its } = client?.properties ?? {};
    expect(its).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      // With it alone nobody can send a password past Amazon's page but by a flow that asks for each factor.
      ExplicitAuthFlows: ["ALLOW_USER_AUTH"],
      SupportedIdentityProviders: ["COGNITO"],
      PreventUserExistenceErrors: "ENABLED",
    });
    expect(system.target(its.UserPoolId)).toBe(pool?.id);
    const at = (urls: unknown[]) => urls.map((url) => JSON.stringify(url));
    expect(at(CallbackURLs)).toEqual([expect.stringMatching(/DomainName.*\/signed-in/)]);
    expect(at(LogoutURLs)).toEqual([expect.stringMatching(/DomainName.*\//)]);
  });

  it("is given an hour to act, a shift until it signs in again, and refresh tokens that are used once", () => {
    expect(client?.properties).toMatchObject({
      AccessTokenValidity: 60,
      RefreshTokenValidity: 720,
      TokenValidityUnits: { AccessToken: "minutes", RefreshToken: "minutes" },
      RefreshTokenRotation: { Feature: "ENABLED" },
      EnableTokenRevocation: true,
    });
  });

  it("is what the authoriser trusts, and nothing else of it", () => {
    const { IDENTITY_ISSUER, IDENTITY_CLIENT } =
      system.functions().get("authorise")?.properties.Environment.Variables ?? {};
    expect([system.target(IDENTITY_ISSUER), system.target(IDENTITY_CLIENT)]).toEqual([pool?.id, client?.id]);
  });
});
