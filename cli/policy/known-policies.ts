import { checkWithin, type FindPolicy, parentsOf } from "../../shared/policy/check-family.ts";
import type { PolicyCheck } from "../../shared/policy/check-policy.ts";
import { BUILT_IN } from "../../shared/policy/inherited-rules.ts";
import { type PolicyDocument, policyDocument } from "../../shared/policy/policy-document.ts";
import { CommandFailed, EXIT } from "../command.ts";
import { type DocumentFile, readDocumentFile } from "../documents/read-document-file.ts";

/** What `--parents` is, of every command that reads a policy without a server. */
export const PARENTS_OPTION = {
  parents: {
    type: "string",
    value: "FILE,…",
    about: "files of the policies that it inherits from, where those are not built in",
  },
} as const;

/** A policy from a file, checked against what it inherits from. */
export interface CheckedFile {
  readonly read: DocumentFile;
  readonly checked: PolicyCheck;
  /** What it inherits from, nearest first; nothing where it did not pass. */
  readonly parents: readonly PolicyDocument[];
}

/**
 * Reads and checks a policy without a server: its parents are built in, or in the files named.
 * @param parents file names with commas between them
 * @throws CommandFailed where a file cannot be read, or a parent's is no policy
 */
export function checkFile(command: string, file: string, parents: string | undefined): CheckedFile {
  const known = new Map([[BUILT_IN.document.id, BUILT_IN.document]]);
  for (const name of (parents ?? "").split(",").filter((one) => one !== "")) {
    const { data } = policyDocument.safeParse(readDocumentFile(command, name, "policy").document);
    if (!data)
      throw new CommandFailed(`${command}: a file of --parents is no policy; check that one first`, EXIT.refused);
    known.set(data.id, data);
  }
  const find: FindPolicy = (id) => known.get(id);
  const read = readDocumentFile(command, file, "policy");
  const checked = checkWithin(read.document, find, read.source);
  const family = checked.ok ? parentsOf(checked.document, find) : undefined;
  return { read, checked, parents: family?.ok ? family.parents : [] };
}
