import { Aws, Duration, Fn, RemovalPolicy, Validations } from "aws-cdk-lib";
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  PasskeyUserVerification,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
  type UserPoolDomain,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import type { ServiceFunction } from "./service-function.ts";

/** Where Amazon's page leads back to, below the console's origin. */
export const SIGNED_IN_PATH = "/signed-in";

/**
 * Who people are: a pool that only the tenant's operators add people to. What they may do is not said here but in the
 * directory, by a digest of their subject, so that nothing of ours holds a name or an address. The page of sign-in is at
 * `https://PREFIX.auth.REGION.amazoncognito.com`; the context `signInPrefix` chooses the prefix, unique in its region.
 */
export class SignIn extends Construct {
  readonly pool: UserPool;
  private readonly domain: UserPoolDomain;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix: unknown = this.node.tryGetContext("signInPrefix");
    this.pool = new UserPool(this, "Pool", {
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true } },
      autoVerify: { email: true },
      keepOriginal: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 14,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        passwordHistorySize: 5,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
      passkeyUserVerification: PasskeyUserVerification.REQUIRED,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.domain = this.pool.addDomain("Domain", {
      cognitoDomain: {
        // The stack's own UUID: nobody else's, and it says nothing of the account.
        domainPrefix:
          typeof prefix === "string" ? prefix : Fn.join("-", ["touchstone", Fn.select(2, Fn.split("/", Aws.STACK_ID))]),
      },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    Validations.of(this.pool).acknowledge({
      id: "AwsSolutions-COG2",
      reason:
        "A second factor is each person's choice: a passkey, which is offered, does not count as one for Cognito.",
    });
    Validations.of(this.pool).acknowledge({
      id: "AwsSolutions-COG8",
      reason:
        "The plus plan is threat protection at a price per person; nobody can sign up, and Cognito limits attempts.",
    });
  }

  /** The `iss` of its tokens; their keys are at `<issuer>/.well-known/jwks.json`. */
  get issuer(): string {
    return this.pool.userPoolProviderUrl;
  }

  /** Origins that the console sends requests to: for what the issuer says of itself, and for tokens. */
  get connect(): readonly string[] {
    return [`https://cognito-idp.${Aws.REGION}.amazonaws.com`, this.domain.baseUrl()];
  }

  /**
   * The console as a client of the pool: code flow with PKCE, no secret, since a browser cannot keep one.
   * @param scope the stack that knows where the console is
   * @param origin of the console, `https://…` without a slash at the end
   */
  addConsole(scope: Construct, origin: string): ConsoleClient {
    return new ConsoleClient(scope, "ConsoleClient", this.pool, origin);
  }
}

/** What the console is to the pool, and how long what it is given lasts. */
export class ConsoleClient extends Construct {
  private readonly client: UserPoolClient;
  private readonly issuer: string;

  constructor(scope: Construct, id: string, pool: UserPool, origin: string) {
    super(scope, id);
    this.issuer = pool.userPoolProviderUrl;
    this.client = new UserPoolClient(this, "Client", {
      userPool: pool,
      generateSecret: false,
      // Passkeys on Amazon's page need it. The others, with which a page of one's own would take passwords, are off.
      authFlows: { user: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID],
        callbackUrls: [`${origin}${SIGNED_IN_PATH}`],
        logoutUrls: [`${origin}/`],
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      // A shift.
      refreshTokenValidity: Duration.hours(12),
      // Each is used once; the grace is for an answer that got lost.
      refreshTokenRotationGracePeriod: Duration.seconds(30),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
    new CfnManagedLoginBranding(this, "Branding", {
      userPoolId: pool.userPoolId,
      clientId: this.client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
  }

  get id(): string {
    return this.client.userPoolClientId;
  }

  /** Tells the function whose tokens it accepts. */
  trustedBy(fn: ServiceFunction): void {
    fn.tell("IDENTITY_ISSUER", this.issuer);
    fn.tell("IDENTITY_CLIENT", this.id);
  }
}
