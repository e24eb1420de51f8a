import type * as z from "zod";
import type { item } from "../../shared/domain/item.ts";

/** An item as a platform would send it. */
export type ItemInput = z.input<typeof item>;

/** How the rows of a known public data set become items. */
export interface Format {
  readonly name: string;
  readonly describes: string;
  /** @returns undefined where the row holds nothing to score. `row` counts from 1, without the heading. */
  toItem(columns: Readonly<Record<string, string>>, row: number): ItemInput | undefined;
}
