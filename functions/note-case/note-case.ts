import type { routes } from "../../shared/contracts/routes.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import { openWords, sealWords } from "../../shared/keys/notes.ts";
import { noSuchCase } from "../../shared/runtime/case-answers.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { CaseNotes } from "../../shared/store/case-notes.ts";
import type { Cases } from "../../shared/store/cases.ts";

export interface NoteCase {
  readonly cases: Pick<Cases, "get">;
  readonly notes: Pick<CaseNotes, "add" | "get">;
  readonly keys: Pick<Keys, "seal" | "open">;
  readonly audit: Pick<Audit, "append">;
}

/** Adds a note to a case; the same note (by its id) sent again is the note that stands. */
export const noteCase =
  ({ cases, notes, keys, audit }: NoteCase): UseCase<(typeof routes)["note-case"]> =>
  async ({ caller, params, body: { id, text }, now }) => {
    const { tenant, role } = caller;
    const by = caller.actor;
    if (!(await cases.get(tenant, params.id))) return noSuchCase();
    // The author's name is part of the id: nobody can take another's.
    const own = `${id}.${by}`;
    const made = { id: own, by, at: now.toISOString(), text: await sealWords(keys, tenant, params.id, own, text) };
    if (await notes.add(tenant, params.id, made)) {
      await audit.append(tenant, [{ actor: by, role, action: "case.noted", case: params.id }], now);
      return answer({ ...made, id, text });
    }
    const stands = (await notes.get(tenant, params.id, own)) ?? made;
    return answer({ ...stands, id, text: await openWords(keys, tenant, params.id, own, stands.text) });
  };
