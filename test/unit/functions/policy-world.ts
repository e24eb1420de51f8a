import {
  activatePolicy,
  changeShadow,
  deactivatePolicy,
  rollBackPolicy,
} from "../../../functions/edit-policies/change-standing.ts";
import { savePolicy } from "../../../functions/edit-policies/save-policy.ts";
import { checkCandidate } from "../../../functions/policies/check-candidate.ts";
import { listEvents } from "../../../functions/policies/list-events.ts";
import { listPolicies } from "../../../functions/policies/list-policies.ts";
import { viewPolicy, viewVersion } from "../../../functions/policies/view-policy.ts";
import type { Problem } from "../../../shared/contracts/problem.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import type { Caller } from "../../../shared/domain/tenant.ts";
import type { PolicyDocument, PolicyRule } from "../../../shared/policy/policy-document.ts";
import type { Result } from "../../../shared/runtime/result.ts";
import { memoryPolicies } from "./policy-ports.ts";

const ADMIN: Caller = { tenant: "acme", actor: "key:0123456789ab", role: "admin" };
export const OTHER: Caller = { tenant: "umbrella", actor: "key:ba9876543210", role: "admin" };
export const now = new Date("2026-11-22T15:04:05Z");

export const rule = (name: string, when: string, more: Partial<PolicyRule> = {}): PolicyRule => ({
  name,
  when,
  action: "flag",
  reasonCode: "house_rule",
  ...more,
});
export const house = (links: number, more: Partial<PolicyDocument> = {}): PolicyDocument => ({
  id: "house",
  title: "House rules",
  inherits: "touchstone-default",
  rules: [rule("links", `features.links_total >= ${links}`)],
  ...more,
});
export const german: PolicyDocument = {
  id: "house-de",
  title: "Hausregeln",
  inherits: "house",
  appliesTo: { languages: ["de"] },
  disable: ["links"],
  rules: [rule("mentions", "features.mentions >= 4")],
};

export const done = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};
export const problemOf = (result: Result<unknown>): Problem & { readonly code: string } => {
  if (result.ok) throw new Error("it was not refused");
  return { ...result.problem, code: result.problem.type.split(":").at(-1) ?? "" };
};

/** The policies of two tenants, with the use cases that change and show them. */
export function world() {
  const { policies } = memoryPolicies();
  const as = (caller: Caller) => ({
    save: (document: unknown, id = (document as PolicyDocument).id, note?: string) =>
      savePolicy(policies)({ caller, params: { id }, query: {}, body: { document, note }, now }),
    activate: (id: string, version: number, expectedEpoch?: number) =>
      activatePolicy(policies)({
        caller,
        params: { id },
        query: {},
        body: { version, note: `use ${version}`, expectedEpoch },
        now,
      }),
    rollBack: (id: string, expectedEpoch?: number) =>
      rollBackPolicy(policies)({ caller, params: { id }, query: {}, body: { note: "worse", expectedEpoch }, now }),
    deactivate: (id: string) =>
      deactivatePolicy(policies)({ caller, params: { id }, query: {}, body: { note: "over" }, now }),
    shadow: (id: string, version: number, run: boolean) =>
      changeShadow(policies)({ caller, params: { id }, query: {}, body: { version, run }, now }),
    check: (document: unknown) => checkCandidate(policies)({ caller, params: {}, query: {}, body: { document }, now }),
    list: async () => {
      const listed = await listPolicies(policies)({ caller, params: {}, query: {}, body: undefined as never, now });
      return routes["list-policies"].answer.schema.parse(done(listed));
    },
    view: async (id: string) =>
      viewPolicy(policies)({ caller, params: { id }, query: {}, body: undefined as never, now }),
    version: (id: string, version: string) =>
      viewVersion(policies)({ caller, params: { id, version }, query: {}, body: undefined as never, now }),
    events: async () =>
      done(await listEvents(policies)({ caller, params: {}, query: {}, body: undefined as never, now })).events,
  });
  return { policies, as, ...as(ADMIN) };
}
