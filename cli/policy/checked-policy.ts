import { routes } from "../../shared/contracts/routes.ts";
import { checkWithin, type FindPolicy } from "../../shared/policy/check-family.ts";
import type { PolicyFault } from "../../shared/policy/check-policy.ts";
import { DEEPEST, type PolicyDocument } from "../../shared/policy/policy-document.ts";
import { callApi } from "../api/call-api.ts";
import type { ApiAccess } from "../api/connect.ts";
import { CommandFailed, EXIT } from "../command.ts";
import { caretLines } from "../documents/caret-lines.ts";
import { readDocumentFile } from "../documents/read-document-file.ts";
import { print } from "../print.ts";
import { counted } from "../progress-line.ts";

/** What a document inherits from, as it stands on the server: the active version of each, or else its newest. */
async function familyThere(access: ApiAccess, document: unknown): Promise<FindPolicy> {
  const known = new Map<string, PolicyDocument>();
  let id = (document as { inherits?: unknown } | null)?.inherits;
  while (typeof id === "string" && !known.has(id) && known.size < DEEPEST) {
    try {
      const { shown } = await callApi(access, routes["get-policy"], { params: { id } });
      known.set(id, shown.document);
      id = shown.document.inherits;
    } catch (error) {
      // It is not there: the check says so at its place in the file.
      if (error instanceof CommandFailed && error.exitCode === EXIT.refused) break;
      throw error;
    }
  }
  return (asked) => known.get(asked);
}

export interface CheckedPolicy {
  readonly document: PolicyDocument;
  readonly warnings: readonly PolicyFault[];
  /** The warnings, each with its place in the file. */
  readonly lines: readonly string[];
}

/**
 * Reads a policy's file and checks it against what it inherits from on the server.
 * @param said.undone what a command does not do with a bad one: `nothing was saved`
 * @throws CommandFailed after each fault was printed with its place in the file; exit code 1
 */
export async function checkedPolicy(
  access: ApiAccess,
  file: string,
  { command, undone, json }: { readonly command: string; readonly undone: string; readonly json: boolean },
): Promise<CheckedPolicy> {
  const read = readDocumentFile(command, file, "policy");
  const checked = checkWithin(read.document, await familyThere(access, read.document), read.source);
  const { warnings = [] } = checked;
  if (checked.ok) return { document: checked.document, warnings, lines: caretLines(file, read, warnings) };
  print(
    json,
    { ok: false, faults: checked.faults, warnings },
    caretLines(file, read, [...checked.faults, ...warnings]),
  );
  throw new CommandFailed(`${command}: ${undone}: ${counted(checked.faults.length, "fault")}`, EXIT.refused);
}
