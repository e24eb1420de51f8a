import * as z from "zod";
import { caseId } from "../domain/case.ts";

/** Whoever works cases, and whoever may look at them. */
export const WORKERS = ["moderator", "senior", "lead", "admin"] as const;
export const READERS = [...WORKERS, "auditor", "brand"] as const;

export const ofCase = z.strictObject({ id: caseId });

/** A page's size in a query, 1 to 200. */
export const limitOf = (fallback: string) =>
  z
    .string()
    .regex(/^([1-9]|[1-9]\d|1\d\d|200)$/, "a number from 1 to 200")
    .default(fallback);
export const cursor = z.string().max(2_000).optional();

/** Made up by the caller: the same request sent again is the same act. */
export const actId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, "8-64 letters, digits, _ or -");

/** Of whoever changes a case and comes second. */
export const LOST = ["not_found", "case_claimed", "case_joined", "case_decided", "case_changed"] as const;
