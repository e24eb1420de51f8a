import { queue, queuePolicy, subscription } from "../template/kinds/queues.ts";
import type { Declarations } from "../template/read.ts";
import { TemplateRefused } from "../template/world.ts";
import { judge, readPolicy } from "./policy.ts";

/**
 * Every subscribed queue must let its topic send to it: on AWS a delivery without that right vanishes, and the embedded
 * topic would not notice.
 * @throws TemplateRefused naming the subscription whose queue refuses
 */
export function checkDeliveries(declarations: Declarations): void {
  const urlOf = new Map(declarations.of(queue).map(({ attributes, ref }) => [attributes.Arn, ref]));
  for (const { stack, logicalId, properties } of declarations.of(subscription)) {
    const url = urlOf.get(properties.Endpoint);
    const statements = declarations
      .of(queuePolicy)
      .filter((one) => url !== undefined && one.properties.Queues.includes(url))
      .flatMap((one) => readPolicy(one.properties.PolicyDocument, `${one.stack}/${one.logicalId}`))
      .filter(({ principals }) =>
        principals?.some((principal) => principal === "*" || principal === "sns.amazonaws.com"),
      );
    const circumstances = { "aws:sourcearn": properties.TopicArn, "aws:securetransport": "true" };
    if (judge(statements, "sqs:SendMessage", properties.Endpoint, circumstances) === "allowed") continue;
    throw new TemplateRefused(
      `${stack}/${logicalId}: no policy of the queue lets the topic ${properties.TopicArn} send to it`,
    );
  }
}
