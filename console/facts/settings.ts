import { ESCALATIONS } from "../../shared/domain/routing.ts";
import { ROLES } from "../../shared/domain/tenant.ts";

/** Roles that a key may have; those of members are all but `platform`. */
export const roles = ROLES;
/** The queue of escalated cases: it is there without being made, and has no rules. */
export const escalations: string = ESCALATIONS;
