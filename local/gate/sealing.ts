import { key, keyAlias } from "../template/kinds/keys.ts";
import { queue, topic } from "../template/kinds/queues.ts";
import { globalTable, table } from "../template/kinds/tables.ts";
import type { Declarations } from "../template/read.ts";
import type { Request } from "./call.ts";

/** ARN of the customer's KMS key by the ARN of the table, topic or queue that it seals. */
export type Seals = Readonly<Record<string, string>>;

/**
 * What AWS does with the key of a sealed resource on behalf of whoever calls: without these rights the call itself is
 * refused, although its own action is granted.
 */
const useOfKey: Record<string, string[]> = {
  "sns:Publish": ["kms:GenerateDataKey", "kms:Decrypt"],
  "sqs:SendMessage": ["kms:GenerateDataKey", "kms:Decrypt"],
  "sqs:ReceiveMessage": ["kms:Decrypt"],
};
const everyUseOfTable = ["kms:Decrypt"];

/** The rights that a call needs on keys besides its own. */
export function keyRequests({ action, resources }: Request, seals: Seals, region: string): Request[] {
  const [service = ""] = action.split(":");
  const uses = service === "dynamodb" ? everyUseOfTable : (useOfKey[action] ?? []);
  const circumstances = { "kms:viaservice": `${service}.${region}.amazonaws.com`, "aws:securetransport": "true" };
  return resources.flatMap((resource) => {
    const [whole = resource] = resource.split("/index/");
    const keyArn = seals[whole];
    return keyArn === undefined ? [] : uses.map((use) => ({ action: use, resources: [keyArn], circumstances }));
  });
}

/** Which declared resources are sealed with which declared key. A key of AWS's own asks nothing of callers. */
export function sealsOf(declarations: Declarations): Seals {
  const keyArns = new Map(
    declarations.of(key).flatMap(({ ref, attributes: { Arn = "" } }) => [
      [ref, Arn],
      [Arn, Arn],
    ]),
  );
  for (const { ref, properties } of declarations.of(keyAlias)) {
    keyArns.set(ref, keyArns.get(properties.TargetKeyId) ?? "");
  }
  const sealed = [
    ...declarations.of(table).map((one) => [one.attributes.Arn, one.properties.SSESpecification?.KMSMasterKeyId]),
    ...declarations
      .of(globalTable)
      .flatMap(({ attributes, properties }) =>
        properties.Replicas.map((replica) => [attributes.Arn, replica.SSESpecification?.KMSMasterKeyId]),
      ),
    ...declarations.of(topic).map((one) => [one.ref, one.properties.KmsMasterKeyId]),
    ...declarations.of(queue).map((one) => [one.attributes.Arn, one.properties.KmsMasterKeyId]),
  ];
  return Object.fromEntries(
    sealed.flatMap(([arn, keyId]) => {
      const keyArn = keyArns.get(keyId ?? "");
      return arn === undefined || keyArn === undefined ? [] : [[arn, keyArn]];
    }),
  );
}
