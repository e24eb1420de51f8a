import type { Reason } from "./label.ts";

export type Params = NonNullable<Reason["params"]>;
/** A reason's code in one plain sentence of our own words and its numbers. */
export type Sentence = (params: Params) => string;

export const numberOf = (params: Params, key: string): number => {
  const value = params[key];
  return typeof value === "number" ? value : 1;
};

/** "2 links", "1 link". */
export const many = (params: Params, one: string, more = `${one}s`, key = "count"): string => {
  const count = numberOf(params, key);
  return `${count} ${count === 1 ? one : more}`;
};

/** Chooses by the count: "an insulting word" where there is one, the rest where there are more. */
export const plural = (params: Params, one: string, more: string): string =>
  numberOf(params, "count") === 1 ? one : more;

export const plain =
  (sentence: string): Sentence =>
  () =>
    sentence;
