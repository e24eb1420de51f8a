import type { Role } from "../../shared/domain/tenant.ts";
import { uuidOf } from "../template/kind.ts";

/** Somebody who can sign in on one machine. What they may do is said by the tenant's directory, not by the provider. */
export interface LocalUser {
  readonly name: string;
  /** What they are at the demo tenant's desk; none: signed in, but a member of nothing. */
  readonly role?: Exclude<Role, "platform">;
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  /** Of a brand: whose cases it reads. */
  readonly brands?: readonly string[];
}

/** A brand of the sample that has flagged public posts. */
export const SAMPLE_BRAND = "hillside-hotels";

/** One of each role, and one of none. */
export const LOCAL_USERS: readonly LocalUser[] = [
  { name: "mona", role: "moderator", languages: ["en", "tr"], skills: [] },
  { name: "malik", role: "moderator", languages: ["en", "ar", "fr"], skills: ["graphic"] },
  { name: "sena", role: "senior", languages: ["en", "tr", "de"], skills: ["graphic"] },
  { name: "lena", role: "lead", languages: ["en", "de"], skills: ["graphic"] },
  { name: "bruno", role: "brand", languages: ["en"], skills: [], brands: [SAMPLE_BRAND] },
  { name: "aino", role: "auditor", languages: ["en"], skills: [] },
  { name: "ada", role: "admin", languages: ["en"], skills: [] },
  { name: "nobody", languages: [], skills: [] },
];

/** What the provider calls a user: as opaque as on AWS, and the same at every start. */
export const subOf = (name: string): string => uuidOf(`local user ${name}`);
