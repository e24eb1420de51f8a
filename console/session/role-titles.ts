import type { Role } from "../../shared/domain/tenant.ts";

/** Roles in words: how a person is called, and what the role is for. */
export const ROLE_TITLES: Readonly<Record<Role, { readonly title: string; readonly does: string }>> = {
  platform: { title: "platform", does: "hands in items and asks for scores" },
  moderator: { title: "moderator", does: "works the queue and decides cases" },
  senior: { title: "senior moderator", does: "decides cases, escalated ones too, and opens decided ones again" },
  lead: { title: "lead", does: "arranges queues, hands cases over, and decides any of them" },
  brand: { title: "brand member", does: "reads what concerns the brand" },
  auditor: { title: "auditor", does: "reads who did what, and never people's words" },
  admin: { title: "admin", does: "manages members, keys and policies" },
};
