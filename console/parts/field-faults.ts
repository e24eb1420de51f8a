import type { Refused } from "../api/answered.ts";

/** Faults of a refused request by the fields of a form. */
export interface FieldFaults<Field extends string> {
  /** What is wrong with a field, in words; undefined where nothing is. */
  of(field: Field): string | undefined;
  /** The refusal with the faults that no field shows; undefined where every fault has its field. */
  readonly others: Refused | undefined;
}

const isBelow = (pointer: string, prefix: string): boolean => pointer === prefix || pointer.startsWith(`${prefix}/`);

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/**
 * Puts each fault to the field that it is about.
 * @param places pointers of each field; whatever lies below one of them is its, too
 */
export function faultsAt<Field extends string>(
  refused: Refused | undefined,
  places: Readonly<Record<Field, readonly string[]>>,
): FieldFaults<Field> {
  const errors = refused?.problem.errors ?? [];
  const isOf = (pointer: string, field: Field): boolean => places[field].some((prefix) => isBelow(pointer, prefix));
  const left = errors.filter(({ pointer }) => !(Object.keys(places) as Field[]).some((field) => isOf(pointer, field)));
  const isAllShown = errors.length > 0 && left.length === 0;
  return {
    of(field) {
      const own = errors.filter(({ pointer }) => isOf(pointer, field));
      if (own.length === 0) return undefined;
      return own.map(({ detail, fix }) => sentence([detail, fix].filter(Boolean).join(": "))).join("; ");
    },
    others: refused && !isAllShown ? { ...refused, problem: { ...refused.problem, errors: left } } : undefined,
  };
}
