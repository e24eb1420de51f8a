import * as z from "zod";
import { policyEvent, policyVersion } from "../domain/policy-state.ts";
import { policyDocument, policyId } from "../policy/policy-document.ts";
import { fault } from "./problem.ts";
import { defineRoute } from "./route.ts";

const nothing = z.strictObject({});
const ofPolicy = z.strictObject({ id: policyId });
const note = z.string().min(1, "say why").max(500, "at most 500 characters");
const epoch = z.int().min(0);

/** What a caller saw before deciding to change it; where another change came in between, nothing is changed. */
const expectedEpoch = epoch.optional();

/** A fault of a policy. `place`: where in a text at the pointer it lies, both from 1, and how many characters are meant. */
const policyFault = fault.extend({
  place: z.strictObject({ line: z.int().min(1), column: z.int().min(1), length: z.int().min(1) }).optional(),
});
export type FaultOfPolicy = z.infer<typeof policyFault>;

const written = { savedBy: z.string(), savedAt: z.string(), note: z.string().optional() };

const activation = z.strictObject({
  version: policyVersion,
  by: z.string(),
  at: z.string(),
  note: z.string(),
  /** What a rollback leads back to; without it, to the policy not being active. */
  previous: policyVersion.optional(),
});

const shadow = z.strictObject({ version: policyVersion, by: z.string(), at: z.string() });

export const policyStanding = z
  .strictObject({
    id: policyId,
    epoch,
    /** False where all was so already. */
    changed: z.boolean(),
    active: activation.optional(),
    /** The active policy that is nearer to every item that this one is for: this one decides nothing beside it. */
    hiddenBy: policyId.optional(),
    shadows: z.array(shadow),
  })
  .meta({ id: "PolicyStanding" });

const policySummary = z
  .strictObject({
    id: policyId,
    title: z.string(),
    inherits: policyId.optional(),
    /** It comes with Touchstone: shown, inherited from, and never changed here. */
    builtIn: z.boolean(),
    newest: policyVersion,
    savedBy: z.string().optional(),
    savedAt: z.string().optional(),
    active: activation.optional(),
    shadows: z.array(shadow),
  })
  .meta({ id: "PolicySummary" });

/** Everything of one version; `document` is as it was checked when it was saved. */
const versionView = z
  .strictObject({
    id: policyId,
    version: policyVersion,
    builtIn: z.boolean(),
    isActive: z.boolean(),
    document: policyDocument,
    ...z.strictObject(written).partial().shape,
  })
  .meta({ id: "PolicyVersion" });

const readers = ["admin", "lead", "senior", "moderator", "auditor", "brand"] as const;
const editors = ["admin", "lead"] as const;
const changed = { status: 200, schema: policyStanding, description: "The policy as it stands now." } as const;

/** Routes of policies: reading is the function `policies`, changing is `edit-policies`. */
export const policyRoutes = {
  "list-policies": defineRoute({
    name: "list-policies",
    served: "policies",
    method: "GET",
    path: "/v1/policies",
    callers: readers,
    summary: "The tenant's policies and the built-in ones: which version of each is active, and since when by whom.",
    params: nothing,
    query: nothing,
    answer: {
      status: 200,
      schema: z.strictObject({ epoch, policies: z.array(policySummary) }).meta({ id: "PolicyList" }),
      description: "All policies, the active ones first.",
    },
    problems: [],
  }),
  "get-policy": defineRoute({
    name: "get-policy",
    served: "policies",
    method: "GET",
    path: "/v1/policies/{id}",
    callers: readers,
    summary: "One policy: its document, the active one or the newest, its latest versions and what was done with it.",
    params: ofPolicy,
    query: nothing,
    answer: {
      status: 200,
      schema: z
        .strictObject({
          ...policySummary.shape,
          epoch,
          shown: versionView,
          /** Newest first, at most 50. */
          versions: z.array(z.strictObject({ version: policyVersion, title: z.string(), ...written })),
          history: z.array(policyEvent),
        })
        .meta({ id: "PolicyView" }),
      description: "The policy.",
    },
    problems: ["not_found"],
  }),
  "get-policy-version": defineRoute({
    name: "get-policy-version",
    served: "policies",
    method: "GET",
    path: "/v1/policies/{id}/versions/{version}",
    callers: readers,
    summary: "One version of a policy, as it was saved. Versions never change.",
    params: z.strictObject({
      id: policyId,
      version: z.string().regex(/^[1-9]\d{0,7}$/, "the number of a version, from 1 on"),
    }),
    query: nothing,
    answer: { status: 200, schema: versionView, description: "The version." },
    problems: ["not_found"],
  }),
  "list-policy-events": defineRoute({
    name: "list-policy-events",
    served: "policies",
    method: "GET",
    path: "/v1/policy-events",
    callers: ["admin", "lead", "auditor"],
    summary: "Every activation, rollback, deactivation and shadow there ever was, newest first: who, when and why.",
    params: nothing,
    query: z.strictObject({
      before: z
        .string()
        .regex(/^[1-9]\d{0,7}$/, "the epoch of the last event seen")
        .optional(),
    }),
    answer: {
      status: 200,
      schema: z.strictObject({ events: z.array(policyEvent) }).meta({ id: "PolicyEvents" }),
      description: "At most 100 events; ask for those before the last one's epoch to go on.",
    },
    problems: [],
  }),
  "check-policy": defineRoute({
    name: "check-policy",
    served: "policies",
    method: "POST",
    path: "/v1/policy-checks",
    callers: editors,
    summary: "Type-check a policy against what it inherits from, as saving it would, without saving it.",
    params: nothing,
    query: nothing,
    body: z.strictObject({ document: z.unknown().meta({ id: "AnyPolicy" }) }),
    answer: {
      status: 200,
      schema: z
        .strictObject({
          ok: z.boolean(),
          errors: z.array(policyFault),
          /** Rules that can be saved and that will hardly do what was meant. */
          warnings: z.array(policyFault),
        })
        .meta({ id: "PolicyCheck" }),
      description: "Whether it can be saved, and what is wrong with it.",
    },
    problems: [],
  }),
  "save-policy": defineRoute({
    name: "save-policy",
    served: "edit-policies",
    method: "POST",
    path: "/v1/policies/{id}/versions",
    callers: editors,
    summary:
      "Save a policy as its next version, if it passes every check. A document equal to the newest version's is that version.",
    params: ofPolicy,
    query: nothing,
    body: z.strictObject({ document: z.unknown().meta({ id: "AnyPolicy" }), note: note.optional() }),
    answer: {
      status: 200,
      schema: z
        .strictObject({
          id: policyId,
          version: policyVersion,
          isNew: z.boolean(),
          savedBy: z.string(),
          savedAt: z.string(),
        })
        .meta({ id: "SavedPolicy" }),
      description: "The version; it decides nothing until it is activated.",
    },
    problems: ["policy_invalid"],
  }),
  "activate-policy": defineRoute({
    name: "activate-policy",
    served: "edit-policies",
    method: "POST",
    path: "/v1/policies/{id}/activations",
    callers: editors,
    summary: "Let a saved version decide. Of two activations at the same time one wins and the other is told so (409).",
    params: ofPolicy,
    query: nothing,
    body: z.strictObject({ version: policyVersion, note, expectedEpoch }),
    answer: changed,
    problems: ["not_found", "policy_changed", "policy_invalid", "policy_in_use", "policy_limit"],
  }),
  "roll-back-policy": defineRoute({
    name: "roll-back-policy",
    served: "edit-policies",
    method: "POST",
    path: "/v1/policies/{id}/rollbacks",
    callers: editors,
    summary: "Go back to the version that was active before this one, or out of a deactivation, in one step.",
    params: ofPolicy,
    query: nothing,
    body: z.strictObject({ note, expectedEpoch }),
    answer: changed,
    problems: ["not_found", "policy_changed", "policy_invalid", "policy_in_use", "policy_limit"],
  }),
  "deactivate-policy": defineRoute({
    name: "deactivate-policy",
    served: "edit-policies",
    method: "POST",
    path: "/v1/policies/{id}/deactivations",
    callers: editors,
    summary: "End a policy: its items fall to the policy that it inherits from.",
    params: ofPolicy,
    query: nothing,
    body: z.strictObject({ note, expectedEpoch }),
    answer: changed,
    problems: ["not_found", "policy_changed", "policy_invalid", "policy_in_use"],
  }),
  "shadow-policy": defineRoute({
    name: "shadow-policy",
    served: "edit-policies",
    method: "POST",
    path: "/v1/policies/{id}/shadows",
    callers: editors,
    summary: "Let a saved version run beside the active policies without effect, or end that. At most three at a time.",
    params: ofPolicy,
    query: nothing,
    body: z.strictObject({ version: policyVersion, run: z.boolean() }),
    answer: changed,
    problems: ["not_found", "policy_changed", "policy_invalid", "policy_in_use", "policy_limit"],
  }),
} as const;
