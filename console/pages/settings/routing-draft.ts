import type { AnswerOf, InputOf } from "../../api/route-types.ts";
import { listOf, listText } from "./listed.tsx";

type Shown = AnswerOf<"list-queues">["queues"][number];
export type Queue = InputOf<"set-queues">["body"]["queues"][number];
type Rule = Queue["rules"][number];

/** A rule as it is edited: lists of ids are texts until they are saved. */
export interface RuleDraft {
  readonly key: number;
  readonly kinds: readonly string[];
  readonly labels: readonly string[];
  readonly languages: string;
  readonly brands: string;
  readonly productLines: string;
}

export interface QueueDraft {
  readonly key: number;
  readonly name: string;
  readonly skill: string;
  readonly rules: readonly RuleDraft[];
}

let last = 0;
/** Rows have no names of their own that would stay while they are edited. */
const newKey = (): number => {
  last += 1;
  return last;
};

export const newRule = (): RuleDraft => ({
  key: newKey(),
  kinds: [],
  labels: [],
  languages: "",
  brands: "",
  productLines: "",
});

export const newQueue = (): QueueDraft => ({ key: newKey(), name: "", skill: "", rules: [newRule()] });

const ruleDraft = ({ kinds, labels, languages, brands, productLines }: Rule): RuleDraft => ({
  key: newKey(),
  kinds: kinds ?? [],
  labels: labels ?? [],
  languages: listText(languages),
  brands: listText(brands),
  productLines: listText(productLines),
});

/**
 * The queues as they are edited. Those that are there without anybody having made them are left out.
 * @param fixed names of queues that cannot be changed
 */
export const draftsOf = (queues: readonly Shown[], fixed: readonly string[]): QueueDraft[] =>
  queues.flatMap(({ name, skill = "", rules }) =>
    fixed.includes(name) ? [] : [{ key: newKey(), name, skill, rules: rules.map(ruleDraft) }],
  );

/** @returns what is sent; a list that names nothing is left out, so that it asks for nothing. */
export function queuesOf(drafts: readonly QueueDraft[]): Queue[] {
  const some = <Name extends string, T>(name: Name, all: readonly T[]) =>
    (all.length > 0 ? { [name]: [...all] } : {}) as { [N in Name]?: T[] };
  return drafts.map(({ name, skill, rules }) => ({
    name: name.trim(),
    rules: rules.map(
      ({ kinds, labels, languages, brands, productLines }) =>
        ({
          ...some("kinds", kinds),
          ...some("labels", labels),
          ...some("languages", listOf(languages)),
          ...some("brands", listOf(brands)),
          ...some("productLines", listOf(productLines)),
        }) as Rule,
    ),
    ...(skill.trim() !== "" && { skill: skill.trim() }),
  }));
}

/** The list with one of it in another place; the same where there is no such place. */
export function moved<T>(all: readonly T[], index: number, step: 1 | -1): readonly T[] {
  const one = all[index];
  const other = all[index + step];
  if (one === undefined || other === undefined) return all;
  return all.map((each, at) => (at === index ? other : at === index + step ? one : each));
}
