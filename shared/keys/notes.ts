import type { Decision } from "../domain/case.ts";
import type { Keys } from "./keys.ts";

const contextOf = (tenant: string, caseId: string, decisionId: string): string =>
  `note#${tenant}#${caseId}#${decisionId}`;

/** A moderator's note may quote people: it is sealed (base64) before it is stored. */
export async function sealNote(
  keys: Pick<Keys, "seal">,
  tenant: string,
  caseId: string,
  made: Decision,
): Promise<Decision> {
  if (made.note === undefined) return made;
  const sealed = await keys.seal(tenant, contextOf(tenant, caseId, made.id), JSON.stringify(made.note));
  return { ...made, note: Buffer.from(sealed).toString("base64") };
}

/** The decision with its note opened. */
export async function openNote(
  keys: Pick<Keys, "open">,
  tenant: string,
  caseId: string,
  stored: Decision,
): Promise<Decision> {
  if (stored.note === undefined) return stored;
  const opened = await keys.open(tenant, contextOf(tenant, caseId, stored.id), Buffer.from(stored.note, "base64"));
  return { ...stored, note: String(JSON.parse(opened)) };
}
