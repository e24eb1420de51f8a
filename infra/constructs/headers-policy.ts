import { Aws, Duration } from "aws-cdk-lib";
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
} from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";

const ours = { override: true };

/** The headers that CloudFront takes as security headers only, each with how it wants to be told. */
const SECURITY: Readonly<Record<string, (value: string) => ResponseSecurityHeadersBehavior>> = {
  "content-security-policy": (value) => ({ contentSecurityPolicy: { ...ours, contentSecurityPolicy: value } }),
  "x-content-type-options": () => ({ contentTypeOptions: ours }),
  "x-frame-options": (value) => ({
    frameOptions: { ...ours, frameOption: value === "DENY" ? HeadersFrameOption.DENY : HeadersFrameOption.SAMEORIGIN },
  }),
  "referrer-policy": (value) => {
    const referrerPolicy = Object.values(HeadersReferrerPolicy).find((known) => known === value);
    if (referrerPolicy === undefined) throw new Error(`CloudFront knows no referrer policy ${value}`);
    return { referrerPolicy: { ...ours, referrerPolicy } };
  },
  "strict-transport-security": (value) => {
    const [, seconds] = /^max-age=(\d+); includeSubDomains$/.exec(value) ?? [];
    if (seconds === undefined) throw new Error(`no max-age and includeSubDomains: ${value}`);
    return {
      strictTransportSecurity: {
        ...ours,
        accessControlMaxAge: Duration.seconds(Number(seconds)),
        includeSubdomains: true,
      },
    };
  },
};

/** CloudFront's policy that gives every answer exactly these headers, over whatever the origin says of them. */
export function headersPolicy(
  scope: Construct,
  id: string,
  headers: Readonly<Record<string, string>>,
): ResponseHeadersPolicy {
  const entries = Object.entries(headers);
  return new ResponseHeadersPolicy(scope, id, {
    // Such names are the account's, and a second region's deployment has the same ones.
    responseHeadersPolicyName: `touchstone-${id}-${Aws.REGION}`,
    securityHeadersBehavior: Object.assign({}, ...entries.map(([header, value]) => SECURITY[header]?.(value))),
    customHeadersBehavior: {
      customHeaders: entries
        .filter(([header]) => SECURITY[header] === undefined)
        .map(([header, value]) => ({ ...ours, header, value })),
    },
  });
}
