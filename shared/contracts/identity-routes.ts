import * as z from "zod";
import { apiKey, keyView } from "../domain/api-key.ts";
import { member, memberId } from "../domain/member.ts";
import { ROLES, role } from "../domain/tenant.ts";
import { defineRoute } from "./route.ts";

const nothing = z.strictObject({});
const { languages, skills, queues, brands } = member.shape;

/** Who calls, who belongs to the tenant, and with which keys. */
export const identityRoutes = {
  me: defineRoute({
    name: "me",
    method: "GET",
    path: "/v1/me",
    callers: ROLES,
    summary: "Who you are to your tenant: by the key that you send, or as you signed in.",
    params: nothing,
    query: nothing,
    answer: {
      status: 200,
      schema: z.strictObject({ tenant: z.string(), id: memberId, role, brands, languages, skills, queues }),
      description: "You.",
    },
    problems: [],
  }),
  "list-members": defineRoute({
    name: "list-members",
    served: "members",
    method: "GET",
    path: "/v1/members",
    callers: ["lead", "admin"],
    summary: "Who works at the desk, with their languages, skills and queues.",
    params: nothing,
    query: nothing,
    answer: { status: 200, schema: z.strictObject({ members: z.array(member) }), description: "The members." },
    problems: [],
  }),
  "set-member": defineRoute({
    name: "set-member",
    served: "members",
    method: "POST",
    path: "/v1/members",
    callers: ["admin"],
    summary:
      "Add a member, or replace what is known of one, by the version that you saw (left out: 0, there was nobody of this id). `subject` is the code that the console shows to whoever signs in and is no member; without it nobody signs in as them.",
    params: nothing,
    query: nothing,
    body: member,
    answer: { status: 200, schema: member, description: "The member." },
    problems: ["subject_taken", "own_membership", "member_changed"],
  }),
  "remove-member": defineRoute({
    name: "remove-member",
    served: "members",
    method: "POST",
    path: "/v1/members/{id}/remove",
    callers: ["admin"],
    summary: "Remove a member, who is out at once. What they did stays in the log under their id.",
    params: z.strictObject({ id: memberId }),
    query: nothing,
    body: nothing,
    answer: { status: 200, schema: z.strictObject({ id: memberId }), description: "They are removed." },
    problems: ["not_found", "own_membership"],
  }),
  "list-keys": defineRoute({
    name: "list-keys",
    served: "keys",
    method: "GET",
    path: "/v1/keys",
    callers: ["admin"],
    summary: "The tenant's API keys; what they are themselves is stored nowhere.",
    params: nothing,
    query: nothing,
    answer: { status: 200, schema: z.strictObject({ keys: z.array(keyView) }), description: "The keys." },
    problems: [],
  }),
  "create-key": defineRoute({
    name: "create-key",
    served: "keys",
    method: "POST",
    path: "/v1/keys",
    callers: ["admin"],
    summary: "Make an API key. Its token is in this answer and never again.",
    params: nothing,
    query: nothing,
    body: z
      .strictObject({
        role,
        brands,
        /** After so many days it ends. */
        days: z.int().min(1).max(3_650).optional(),
      })
      .refine(({ role: its, brands: whose }) => (its === "brand") === (whose !== undefined), {
        path: ["brands"],
        error: "needed with the role brand, and only then",
      }),
    answer: { status: 201, schema: z.strictObject({ key: keyView, token: z.string() }), description: "The key." },
    problems: [],
  }),
  "revoke-key": defineRoute({
    name: "revoke-key",
    served: "keys",
    method: "POST",
    path: "/v1/keys/{id}/revoke",
    callers: ["admin"],
    summary: "Revoke an API key, at once and for good.",
    params: z.strictObject({ id: apiKey.shape.id }),
    query: nothing,
    body: nothing,
    answer: { status: 200, schema: z.strictObject({ id: apiKey.shape.id }), description: "It is revoked." },
    problems: ["not_found"],
  }),
} as const;
