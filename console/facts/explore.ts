import * as z from "zod";
import { AUDIT_ACTIONS } from "../../shared/domain/audit.ts";
import { caseId } from "../../shared/domain/case.ts";
import { opaqueId } from "../../shared/domain/id.ts";

/** What ids of platforms look like, as the source of a regular expression, and how long they may be. */
export const idPattern: string = z.toJSONSchema(opaqueId).pattern ?? "";
export const longestId: number = z.toJSONSchema(opaqueId).maxLength ?? 0;
export const caseIdPattern: string = z.toJSONSchema(caseId).pattern ?? "";
export const auditActions = AUDIT_ACTIONS;
