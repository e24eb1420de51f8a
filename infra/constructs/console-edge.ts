import { Aws, RemovalPolicy, Validations } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  CachePolicy,
  Function as CloudFrontFunction,
  Distribution,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { CONSOLE_CACHE, consoleHeaders } from "../../shared/contracts/console-headers.ts";
import { ORIGIN_HEADER } from "../../shared/contracts/origin-header.ts";
import { CONSOLE_PATHS } from "./console-paths.ts";
import { contextPair } from "./context-pair.ts";
import { headersPolicy } from "./headers-policy.ts";
import { OriginSecret } from "./origin-secret.ts";

export interface ConsoleEdgeProps {
  /** Host of the HTTP API. */
  readonly api: string;
  /** ARN of the web ACL in front of everything, which lives in us-east-1. */
  readonly webAcl: string;
  /** Origins that the console may send requests to besides its own: those of the identity provider. */
  readonly connect: readonly string[];
}

/**
 * The one address of Touchstone: CloudFront in front of the console's files (a private bucket) and of the API, to which it
 * shows the origin secret. Its own name is `*.cloudfront.net` unless the context gives `consoleDomain` and
 * `consoleCertificate` (an ARN of Certificate Manager in us-east-1).
 */
export class ConsoleEdge extends Construct {
  readonly bucket: Bucket;
  readonly secret: OriginSecret;
  readonly distribution: Distribution;
  /** The host at which people and platforms find it. */
  readonly domain: string;

  /** @throws Error where the context gives a domain without its certificate, or the other way round */
  constructor(scope: Construct, id: string, props: ConsoleEdgeProps) {
    super(scope, id);
    const own = contextPair(this, "consoleDomain", "consoleCertificate");
    this.secret = new OriginSecret(this, "OriginSecret");
    this.bucket = new Bucket(this, "Files", {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      // CloudFormation deletes no bucket that holds anything, and emptying it would take a function that may.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.bucket).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "It holds the console's files, the same for everyone; only CloudFront reads them and only a deployment writes them.",
    });

    const headers = consoleHeaders({ connect: props.connect });
    const files = S3BucketOrigin.withOriginAccessControl(this.bucket as IBucket, {
      originAccessControl: new S3OriginAccessControl(this, "Access", {
        originAccessControlName: `touchstone-console-${Aws.REGION}`,
      }),
    });
    const file = { origin: files, viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS, compress: true };
    this.distribution = new Distribution(this, "Distribution", {
      comment: "Touchstone: console and API",
      defaultRootObject: "index.html",
      httpVersion: HttpVersion.HTTP2_AND_3,
      webAclId: props.webAcl,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      ...(own && {
        domainNames: [own.first],
        certificate: Certificate.fromCertificateArn(this, "Certificate", own.second),
      }),
      defaultBehavior: {
        ...file,
        // The documents name the hashed files: an old one kept at the edge would name files of the deployment before.
        cachePolicy: CachePolicy.CACHING_DISABLED,
        responseHeadersPolicy: headersPolicy(this, "PageHeaders", { ...headers, "cache-control": CONSOLE_CACHE.pages }),
        functionAssociations: [
          {
            eventType: FunctionEventType.VIEWER_REQUEST,
            function: new CloudFrontFunction(this, "Paths", {
              comment: "Touchstone: pages of the console are its one document",
              code: FunctionCode.fromInline(CONSOLE_PATHS),
              runtime: FunctionRuntime.JS_2_0,
            }),
          },
        ],
      },
      additionalBehaviors: {
        "/assets/*": {
          ...file,
          cachePolicy: CachePolicy.CACHING_OPTIMIZED,
          responseHeadersPolicy: headersPolicy(this, "AssetHeaders", {
            ...headers,
            "cache-control": CONSOLE_CACHE.assets,
          }),
        },
        "/v1/*": {
          origin: new HttpOrigin(props.api, {
            protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
            originSslProtocols: [OriginSslPolicy.TLS_V1_2],
            customHeaders: { [ORIGIN_HEADER]: this.secret.value },
          }),
          // A key must not go over the wire in clear, and a redirect comes after it did.
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          // API Gateway finds the API by the host, so that one has to be its own.
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          compress: true,
        },
      },
    });
    this.domain = own?.first ?? this.distribution.distributionDomainName;
    this.acknowledge(own !== undefined);
  }

  /** For what is called back at this address, such as the page after signing in. */
  get origin(): string {
    return `https://${this.domain}`;
  }

  private acknowledge(hasOwnDomain: boolean): void {
    Validations.of(this.distribution).acknowledge(
      {
        id: "AwsSolutions-CFR1",
        reason:
          "Where moderators and platforms sit is the operator's to know; nothing in Touchstone is for some countries only.",
      },
      {
        id: "AwsSolutions-CFR3",
        reason:
          "CloudFront's older logs cannot leave out query strings and addresses; the API's access log has every request to it, without them, and -c edgeLogs adds the edge's.",
      },
      ...(hasOwnDomain
        ? []
        : [
            {
              id: "AwsSolutions-CFR4",
              reason:
                "Under a name of cloudfront.net AWS decides which TLS versions are taken; with the contexts consoleDomain and consoleCertificate it is 1.2 and newer.",
            },
          ]),
    );
  }
}
