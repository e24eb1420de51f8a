import { idPattern, longestId } from "../facts/explore.ts";
import { visibleText } from "./hidden-characters.ts";

const ID = new RegExp(idPattern);

/** Whether anything can have this id; addresses may say anything. */
export const isId = (id: string): boolean => faultOfId(id) === undefined;

/** What is wrong with an id, in words. */
export function faultOfId(id: string): string | undefined {
  if (id.length > longestId) return `Ids have at most ${longestId} characters.`;
  return ID.test(id) ? undefined : "Ids hold letters, digits and . _ ~ : @ + = - only, no spaces.";
}

/** An id of an address for a heading or a tab, which hold no elements: cut, with signs for characters that hide. */
export const shownId = (id: string): string =>
  visibleText(id.slice(0, longestId))
    .map(({ text }) => text)
    .join("");
