import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";

type Rule = CfnWebACL.RuleProperty;

/** Requests of one address in five minutes. A platform may well send all of its items from one. */
const FROM_ONE_ADDRESS = { anyone: 100_000, withoutCredentials: 5_000 } as const;

/**
 * Rules of AWS's groups that must not block here. Bodies hold what people wrote, scripts and exploits included: that is
 * what Touchstone is asked about. Ids in paths and queries end as their platform likes, and machines may have no name.
 */
const COUNTED_ONLY = {
  AWSManagedRulesCommonRuleSet: [
    "SizeRestrictions_BODY",
    "CrossSiteScripting_BODY",
    "GenericLFI_BODY",
    "GenericRFI_BODY",
    "EC2MetaDataSSRF_BODY",
    "RestrictedExtensions_URIPATH",
    "RestrictedExtensions_QUERYARGUMENTS",
    "NoUserAgent_HEADER",
  ],
  AWSManagedRulesKnownBadInputsRuleSet: ["JavaDeserializationRCE_BODY", "Log4JRCE_BODY", "ReactJSRCE_BODY"],
  AWSManagedRulesAmazonIpReputationList: [],
} as const;

// Samples would show queries and addresses; the counts are enough to see that a rule blocks.
const seenAs = (metricName: string) => ({
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
  metricName: `touchstone-${metricName}`,
});

const managed = (name: string, counted: readonly string[], priority: number): Rule => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: "AWS",
      name,
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: seenAs(name),
});

const withoutAuthorization: CfnWebACL.StatementProperty = {
  notStatement: {
    statement: {
      sizeConstraintStatement: {
        fieldToMatch: { singleHeader: { Name: "authorization" } },
        comparisonOperator: "GE",
        size: 1,
        textTransformations: [{ priority: 0, type: "NONE" }],
      },
    },
  },
};

const limited = (name: string, limit: number, priority: number, scope?: CfnWebACL.StatementProperty): Rule => ({
  name,
  priority,
  action: { block: { customResponse: { responseCode: 429 } } },
  statement: {
    rateBasedStatement: { aggregateKeyType: "IP", limit, ...(scope && { scopeDownStatement: scope }) },
  },
  visibilityConfig: seenAs(name),
});

/** The web application firewall in front of CloudFront. It has to be made in us-east-1, whatever the rest is made in. */
export class WebAcl extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const limits = [
      limited("Anyone", FROM_ONE_ADDRESS.anyone, 0),
      limited("WithoutCredentials", FROM_ONE_ADDRESS.withoutCredentials, 1, withoutAuthorization),
    ];
    const groups = Object.entries(COUNTED_ONLY).map(([name, counted], index) =>
      managed(name, counted, limits.length + index),
    );
    this.arn = new CfnWebACL(this, "Acl", {
      description: "Touchstone: in front of the console and the API.",
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      rules: [...limits, ...groups],
      visibilityConfig: seenAs("all"),
    }).attrArn;
  }
}
