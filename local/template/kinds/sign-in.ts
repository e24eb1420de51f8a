import * as z from "zod";
import { arn, digest, inert, kind, tags } from "../kind.ts";
import type { Declarations } from "../read.ts";
import type { World } from "../world.ts";
import { TemplateRefused } from "../world.ts";

/** Where the embedded provider answers, below the cloud's own address. */
const MOUNT = "/oidc";

const PASSWORDS = "one random password for all local users stands in for people's own";
const MESSAGES = "no message leaves this machine";

export const userPool = kind({
  type: "AWS::Cognito::UserPool",
  identify: (name, world) => {
    const id = `${world.region}_${digest(name).slice(0, 9)}`;
    return {
      ref: id,
      attributes: {
        Arn: arn(world, "cognito-idp", `userpool/${id}`),
        UserPoolId: id,
        ProviderName: `cognito-idp.${world.region}.amazonaws.com/${id}`,
        ProviderURL: `${world.apiUrl}${MOUNT}`,
      },
    };
  },
  properties: z.strictObject({
    // The local users are fixed: a pool in which people make accounts themselves would be another system.
    AdminCreateUserConfig: z.strictObject({ AllowAdminCreateUserOnly: z.literal(true) }),
    DeletionProtection: inert("data goes when its folder goes"),
    Policies: inert(PASSWORDS),
    MfaConfiguration: z.enum(["OFF", "OPTIONAL"]).optional(),
    EnabledMfas: inert("local users have no second factor"),
    WebAuthnUserVerification: inert("local users have no passkeys"),
    AccountRecoverySetting: inert(PASSWORDS),
    Schema: inert("local users have a name and no attributes"),
    UsernameAttributes: inert("local users have a name and no attributes"),
    UsernameConfiguration: inert("local users have a name and no attributes"),
    AutoVerifiedAttributes: inert(MESSAGES),
    UserAttributeUpdateSettings: inert(MESSAGES),
    EmailVerificationMessage: inert(MESSAGES),
    EmailVerificationSubject: inert(MESSAGES),
    SmsVerificationMessage: inert(MESSAGES),
    VerificationMessageTemplate: inert(MESSAGES),
    UserPoolTier: inert("a price"),
    UserPoolTags: tags,
  }),
});

export const userPoolDomain = kind({
  type: "AWS::Cognito::UserPoolDomain",
  identify: (name) => ({ ref: name, attributes: {} }),
  properties: z.strictObject({
    UserPoolId: z.string(),
    Domain: inert("the page of sign-in is below the issuer"),
    ManagedLoginVersion: inert("the page of sign-in is the embedded provider's"),
  }),
});

const MINUTE = 60;
const minutes = z.literal("minutes");
const lasts = z.int().min(5).max(5_256_000);

export const userPoolClient = kind({
  type: "AWS::Cognito::UserPoolClient",
  identify: (name) => ({ ref: digest(name).slice(0, 26), attributes: { ClientId: digest(name).slice(0, 26) } }),
  properties: z.strictObject({
    UserPoolId: z.string(),
    GenerateSecret: z.literal(false),
    AllowedOAuthFlowsUserPoolClient: z.literal(true),
    AllowedOAuthFlows: z.tuple([z.literal("code")]),
    AllowedOAuthScopes: z.array(z.literal("openid")).min(1),
    CallbackURLs: z.array(z.url()).min(1),
    LogoutURLs: z.array(z.url()).default([]),
    SupportedIdentityProviders: z.tuple([z.literal("COGNITO")]),
    AccessTokenValidity: lasts,
    IdTokenValidity: lasts,
    RefreshTokenValidity: lasts,
    TokenValidityUnits: z.strictObject({ AccessToken: minutes, IdToken: minutes, RefreshToken: minutes }),
    EnableTokenRevocation: z.boolean().default(true),
    RefreshTokenRotation: z
      .strictObject({
        Feature: z.enum(["ENABLED", "DISABLED"]),
        RetryGracePeriodSeconds: inert("an answer is not lost between two programs of one machine"),
      })
      .optional(),
    PreventUserExistenceErrors: z.literal("ENABLED"),
    // Flows of Amazon's own API, which the embedded provider does not have.
    ExplicitAuthFlows: z.array(z.literal("ALLOW_USER_AUTH")).optional(),
    ClientName: inert("a label"),
  }),
});

/** What the embedded provider is told: all of it is the template's. Times in seconds. */
export interface SignInPlan {
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  /** Whether a refresh token is used once. */
  readonly rotates: boolean;
  /** Whether tokens can be revoked. */
  readonly revokes: boolean;
}

/**
 * The stacks' one client of their one pool, or undefined where they declare no pool.
 * @throws TemplateRefused where there is another pool or client, or where the client is of no pool
 */
export function signInPlan(declarations: Declarations, world: World): SignInPlan | undefined {
  const [pool, ...pools] = declarations.of(userPool);
  const [client, ...clients] = declarations.of(userPoolClient);
  if (pool === undefined || client === undefined) {
    if (client === undefined) return undefined;
    throw new TemplateRefused(`${client.stack}/${client.logicalId}: no stack declares its pool`);
  }
  for (const { stack, logicalId } of [...pools, ...clients])
    throw new TemplateRefused(`${stack}/${logicalId}: a second pool or client is not known to the embedded cloud`);
  const its = client.properties;
  if (its.UserPoolId !== pool.ref)
    throw new TemplateRefused(`${client.stack}/${client.logicalId}: UserPoolId is not the stacks' pool`);
  // Wherever the console is on AWS, here it is at the cloud's own address.
  const here = (url: string): string => `${world.apiUrl}${new URL(url).pathname}`;
  return {
    issuer: pool.attributes.ProviderURL ?? "",
    clientId: client.ref,
    scopes: its.AllowedOAuthScopes,
    callbackUrls: its.CallbackURLs.map(here),
    logoutUrls: its.LogoutURLs.map(here),
    accessTokenSeconds: its.AccessTokenValidity * MINUTE,
    idTokenSeconds: its.IdTokenValidity * MINUTE,
    refreshTokenSeconds: its.RefreshTokenValidity * MINUTE,
    rotates: its.RefreshTokenRotation?.Feature === "ENABLED",
    revokes: its.EnableTokenRevocation,
  };
}
