import { type Caller, seesBrands } from "./tenant.ts";
import type { Verdict } from "./verdict.ts";

/** May the caller learn of this item? A brand only of what is public and concerns it. */
export const seesItem = (caller: Caller, { brandIds, visibility }: Pick<Verdict, "brandIds" | "visibility">): boolean =>
  caller.role !== "brand" || (visibility === "public" && seesBrands(caller, brandIds));
