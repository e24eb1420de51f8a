import type { Decision } from "../domain/case.ts";
import type { Keys } from "./keys.ts";

const contextOf = (tenant: string, caseId: string, id: string): string => `note#${tenant}#${caseId}#${id}`;

/** Seals what a moderator wrote (base64): it may quote people. `id` is its own, within its case. */
export async function sealWords(
  keys: Pick<Keys, "seal">,
  tenant: string,
  caseId: string,
  id: string,
  words: string,
): Promise<string> {
  const sealed = await keys.seal(tenant, contextOf(tenant, caseId, id), JSON.stringify(words));
  return Buffer.from(sealed).toString("base64");
}

/** What `sealWords` sealed. */
export async function openWords(
  keys: Pick<Keys, "open">,
  tenant: string,
  caseId: string,
  id: string,
  sealed: string,
): Promise<string> {
  const opened = await keys.open(tenant, contextOf(tenant, caseId, id), Buffer.from(sealed, "base64"));
  return String(JSON.parse(opened));
}

/** The decision with its note sealed. */
export async function sealNote(
  keys: Pick<Keys, "seal">,
  tenant: string,
  caseId: string,
  made: Decision,
): Promise<Decision> {
  if (made.note === undefined) return made;
  return { ...made, note: await sealWords(keys, tenant, caseId, made.id, made.note) };
}

/** The decision with its note opened. */
export async function openNote(
  keys: Pick<Keys, "open">,
  tenant: string,
  caseId: string,
  stored: Decision,
): Promise<Decision> {
  if (stored.note === undefined) return stored;
  return { ...stored, note: await openWords(keys, tenant, caseId, stored.id, stored.note) };
}
