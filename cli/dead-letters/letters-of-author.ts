import type { Message } from "@aws-sdk/client-sqs";
import { decisionMessage, itemMessage, verdictMessage } from "../../shared/contracts/messages.ts";
import { isUnderLegalHold } from "../../shared/domain/case.ts";
import type { Item } from "../../shared/domain/item.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import { tenantKeys } from "../../shared/keys/keys.ts";
import { unwrapByKms } from "../../shared/keys/kms.ts";
import { itemOf } from "../../shared/queue/prepare-item.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readJson } from "../../shared/runtime/read-json.ts";
import { dataKeyStore } from "../../shared/store/data-keys.ts";
import { type DeploymentOptions, findDeployment, findQueues } from "../deployment.ts";
import { discardMatching } from "./queue-messages.ts";

const personOf = (item: Item): string => ("author" in item ? item.author.id : item.account.id);

/** Is a dead letter about this author? A private item is opened to see; one that cannot be opened is not theirs to see. */
export async function isLetterOf(
  message: Pick<Message, "Body">,
  tenant: string,
  author: string,
  keys: Pick<Keys, "open">,
): Promise<boolean> {
  const read = readJson(message.Body ?? "");
  if (!read.ok) return false;
  const letter = itemMessage.safeParse(read.value);
  if (letter.success) {
    if (letter.data.tenant !== tenant) return false;
    const item = await itemOf(keys, letter.data).catch(() => undefined);
    return item !== undefined && personOf(item) === author;
  }
  const decided = decisionMessage.safeParse(read.value);
  // Of what else was decided a message names nobody but by the id of the item.
  if (decided.success)
    return decided.data.tenant === tenant && decided.data.ref.kind === "audience" && decided.data.ref.id === author;
  const event = verdictMessage.safeParse(read.value);
  if (!event.success) return false;
  const { verdict } = event.data;
  return verdict.tenant === tenant && verdict.authorId === author && !isUnderLegalHold(verdict);
}

/** Deletes an author's dead letters in every queue. @returns how many there were. */
export async function discardLettersOf(where: DeploymentOptions, tenant: string, author: string): Promise<number> {
  const { queues, sqs } = findQueues(where);
  const { directory, kms, keyId } = findDeployment(where);
  const keys = tenantKeys(unwrapByKms(kms, keyId, dataKeyStore(directory)), systemClock);
  let deleted = 0;
  for (const { deadUrl } of queues)
    deleted += await discardMatching(sqs, deadUrl, (message) => isLetterOf(message, tenant, author, keys));
  return deleted;
}
