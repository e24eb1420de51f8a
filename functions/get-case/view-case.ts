import type { routes } from "../../shared/contracts/routes.ts";
import type { AuditFact } from "../../shared/domain/audit.ts";
import { type Case, type Decision, verdictOfCase } from "../../shared/domain/case.ts";
import { living } from "../../shared/domain/claim.ts";
import { explainVerdict } from "../../shared/domain/explain-verdict.ts";
import type { VersionOf } from "../../shared/domain/policy-state.ts";
import { explainReversal } from "../../shared/domain/reversal.ts";
import { seesItem } from "../../shared/domain/sees-item.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import { standing, UNDO_MINUTES } from "../../shared/domain/withdraw-decision.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import { openNote, openWords } from "../../shared/keys/notes.ts";
import { explainDecision } from "../../shared/policy/explain-decision.ts";
import { guidanceOf } from "../../shared/policy/guidance.ts";
import type { PolicyDocument } from "../../shared/policy/policy-document.ts";
import { claimOf, noSuchCase } from "../../shared/runtime/case-answers.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { AudienceVerdicts } from "../../shared/store/audience-verdicts.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { CaseNotes } from "../../shared/store/case-notes.ts";
import type { Cases } from "../../shared/store/cases.ts";
import { type ContentPorts, viewContent, worksCases } from "./view-content.ts";

export interface ViewCase extends ContentPorts {
  readonly cases: Pick<Cases, "get">;
  readonly notes: Pick<CaseNotes, "list">;
  readonly keys: Pick<Keys, "open">;
  readonly audiences: Pick<AudienceVerdicts, "latest">;
  /** The document of a version of a policy, for what its rules tell authors. */
  readonly documentOf: (tenant: string, version: VersionOf) => Promise<PolicyDocument | undefined>;
  readonly audit: Pick<Audit, "append">;
}

/** A case read by one who neither holds it nor was given it is one out of turn. */
function turnOf(current: Case, caller: Caller, now: Date): string {
  if (current.state !== "open") return "closed";
  const held = living(current.claim, now);
  if (!held) return "unclaimed";
  return held.by === caller.actor ? "held" : "others";
}

/**
 * One case, with the words of the item where policy lets us keep them and the caller's role lets them see them, and the
 * reason where not. That it was read stands in the log before it is answered.
 */
export function viewCase(ports: ViewCase): UseCase<(typeof routes)["get-case"]> {
  const { cases, notes, keys, audiences, audit } = ports;
  const contentOf = viewContent(ports);

  /** The verdict in words, and what its policy tells moderators. */
  const explained = async ({ tenant, role }: Caller, verdict: Case["verdict"]) => {
    const { policy } = verdict;
    const versions = [policy, ...(policy.lineage ?? [])];
    const documents = await Promise.all(versions.map(({ id, version }) => ports.documentOf(tenant, { id, version })));
    const document = (id: string, version: number) =>
      documents[versions.findIndex((one) => one.id === id && one.version === version)];
    const known = documents.flatMap((one) => one ?? []);
    return {
      verdict: { ...verdict, explanation: explainVerdict(verdict), ...explainDecision(policy, document) },
      ...(role === "brand" ? {} : { guidance: guidanceOf(verdict, known) }),
    };
  };

  const decisionsOf = async (found: Case, caller: Caller) => {
    const { tenant, id } = found;
    const shown = async (stored: Decision): Promise<Decision> => {
      if (worksCases(caller)) return openNote(keys, tenant, id, stored);
      const { note: _, ...rest } = stored;
      return rest;
    };
    const { decision, escalation, past = [] } = found;
    const made = standing(found);
    return {
      ...(decision ? { decision: await shown(decision) } : {}),
      ...(escalation ? { escalation: await shown(escalation) } : {}),
      ...(made ? { undoUntil: new Date(new Date(made.at).getTime() + UNDO_MINUTES * 60_000).toISOString() } : {}),
      ...(past.length > 0
        ? { past: await Promise.all(past.map(async (one) => ({ ...one, decision: await shown(one.decision) }))) }
        : {}),
    };
  };

  const notesOf = async ({ tenant, id }: Case, caller: Caller) => {
    if (!worksCases(caller)) return [];
    const stored = await notes.list(tenant, id);
    return Promise.all(
      stored.map(async (note) => ({
        ...note,
        id: note.id.split(".")[0] ?? note.id,
        text: await openWords(keys, tenant, id, note.id, note.text),
      })),
    );
  };

  return async ({ caller, params, now }) => {
    const { tenant, role } = caller;
    const found = await cases.get(tenant, params.id);
    if (!found || !seesItem(caller, found.verdict)) return noSuchCase();
    const { actor } = caller;
    // An audience's verdict evolves while its case waits: the moderator decides on what is known now.
    const evolved = found.ref.kind === "audience" ? await audiences.latest(tenant, found.ref.id, now) : undefined;
    const verdict = evolved?.verdict ? verdictOfCase.parse(evolved.verdict) : found.verdict;
    const { view, alsoRead } = await contentOf(found, verdict.authorId, caller, now);
    const read = (id: string, facts: AuditFact["facts"]): AuditFact => ({
      ...{ actor, role, action: "case.read", case: id, facts },
    });
    const others = alsoRead === undefined ? [] : [read(alsoRead, { turn: "parent", of: found.id })];
    await audit.append(tenant, [read(found.id, { turn: turnOf(found, caller, now) }), ...others], now);
    const { id, state, queue, lane, ref, openedAt, version, cluster, joined, escalatedFrom } = found;
    return answer({
      ...{ id, state, queue, lane, ref, openedAt, version },
      ...(cluster ? { cluster } : {}),
      ...(joined === undefined ? {} : { joined }),
      ...(escalatedFrom === undefined ? {} : { escalatedFrom }),
      ...(await explained(caller, verdict)),
      ...view,
      ...claimOf(found, actor, now),
      ...(await decisionsOf(found, caller)),
      ...explainReversal(found.reversed),
      notes: await notesOf(found, caller),
    });
  };
}
