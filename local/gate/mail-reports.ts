import { arn as arnOf } from "../template/kind.ts";
import { key } from "../template/kinds/keys.ts";
import { eventDestination } from "../template/kinds/mail.ts";
import { topic, topicPolicy } from "../template/kinds/queues.ts";
import type { Declarations } from "../template/read.ts";
import type { World } from "../template/world.ts";
import { TemplateRefused } from "../template/world.ts";
import { judge, readPolicy, type Statement } from "./policy.ts";

const SES = "ses.amazonaws.com";

const ofSes = (statements: readonly Statement[]): Statement[] =>
  statements.filter(({ principals }) => principals?.some((principal) => principal === "*" || principal === SES));

/** The topics that hear what SES says of the mails of a configuration set. */
export const reportTopics = (declarations: Declarations, configurationSet: string): readonly string[] =>
  declarations
    .of(eventDestination)
    .filter(({ properties }) => properties.ConfigurationSetName === configurationSet)
    .map(({ properties }) => properties.EventDestination.SnsDestination.TopicARN);

/**
 * A topic that SES is to report to must let it publish, and so must the key that seals it: on AWS reports vanish without that, and
 * the embedded topic would not notice.
 * @throws TemplateRefused naming the destination that SES could not reach
 */
export function checkReports(declarations: Declarations, world: World): void {
  for (const { stack, logicalId, properties } of declarations.of(eventDestination)) {
    const arn = properties.EventDestination.SnsDestination.TopicARN;
    const circumstances = {
      "aws:sourceaccount": world.account,
      "aws:sourcearn": arnOf(world, "ses", `configuration-set/${properties.ConfigurationSetName}`),
      "aws:securetransport": "true",
    };
    const policies = declarations.of(topicPolicy).filter((one) => one.properties.Topics.includes(arn));
    const statements = policies.flatMap((one) =>
      readPolicy(one.properties.PolicyDocument, `${one.stack}/${one.logicalId}`),
    );
    if (judge(ofSes(statements), "sns:Publish", arn, circumstances) !== "allowed")
      throw new TemplateRefused(`${stack}/${logicalId}: no policy of the topic ${arn} lets SES publish to it`);
    const sealedBy = declarations.of(topic).find(({ ref }) => ref === arn)?.properties.KmsMasterKeyId;
    for (const one of declarations.of(key).filter(({ ref, attributes }) => [ref, attributes.Arn].includes(sealedBy))) {
      const rights = ofSes(readPolicy(one.properties.KeyPolicy, `${one.stack}/${one.logicalId}`));
      for (const action of ["kms:Decrypt", "kms:GenerateDataKey"])
        if (judge(rights, action, one.attributes.Arn ?? "", circumstances) !== "allowed")
          throw new TemplateRefused(`${stack}/${logicalId}: the topic's key does not grant ${action} to SES`);
    }
  }
}
