import { Aws, RemovalPolicy } from "aws-cdk-lib";
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource, LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";

/** Neither path (it holds ids) nor query string, address, cookie, referrer or user agent. */
const FIELDS = [
  "date",
  "time",
  "x-edge-location",
  "x-edge-request-id",
  "cs-method",
  "sc-status",
  "sc-bytes",
  "time-taken",
  "x-edge-result-type",
  "x-edge-detailed-result-type",
  "ssl-protocol",
  "ssl-cipher",
  "cs-protocol-version",
] as const;

/**
 * CloudFront's access log, of the chosen fields only and for a month. Deliveries of CloudFront's logs have to be made in
 * us-east-1, and after the distribution.
 */
export class EdgeLogs extends Construct {
  /** @param distribution its id, `E…` */
  constructor(scope: Construct, id: string, distribution: string) {
    super(scope, id);
    const group = new LogGroup(this, "Requests", {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const source = new CfnDeliverySource(this, "Source", {
      name: `touchstone-edge-${distribution}`,
      logType: "ACCESS_LOGS",
      resourceArn: `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/${distribution}`,
    });
    const destination = new CfnDeliveryDestination(this, "Destination", {
      name: `touchstone-edge-${distribution}`,
      destinationResourceArn: group.logGroupArn,
      outputFormat: "json",
    });
    const delivery = new CfnDelivery(this, "Delivery", {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.attrArn,
      recordFields: [...FIELDS],
    });
    // It names its source, which is no reference that CloudFormation would see.
    delivery.addResourceDependency(source);
  }
}
