/** Where something stands in the condition's text, in UTF-16 code units. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Whole numbers and decimals compare and mix freely; the difference matters to division alone. */
export type NumberType = "int" | "double";

export type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** A number of an item: its place in the row of numbers, and what it is called. */
export interface NumberFact extends Range {
  readonly op: "number-fact";
  readonly type: NumberType;
  readonly slot: number;
}

export interface TextFact extends Range {
  readonly op: "text-fact";
  readonly slot: number;
}

/** The variable of an `exists` or `all`: `depth` counts the enclosing ones. */
export interface TextVariable extends Range {
  readonly op: "text-variable";
  readonly depth: number;
  readonly name: string;
}

export type TextTerm =
  | TextFact
  | TextVariable
  | (Range & { readonly op: "text"; readonly value: string })
  | (Range & { readonly op: "text-choice"; readonly when: TruthTerm; readonly yes: TextTerm; readonly no: TextTerm });

export type NumberTerm =
  | NumberFact
  | (Range & { readonly op: "number"; readonly type: NumberType; readonly value: number })
  | (Range & {
      readonly op: "+" | "-" | "*" | "/";
      readonly type: NumberType;
      readonly left: NumberTerm;
      readonly right: NumberTerm;
    })
  | (Range & { readonly op: "negative"; readonly type: NumberType; readonly of: NumberTerm })
  | (Range & { readonly op: "size"; readonly type: "int"; readonly of: ListTerm })
  | (Range & {
      readonly op: "number-choice";
      readonly type: NumberType;
      readonly when: TruthTerm;
      readonly yes: NumberTerm;
      readonly no: NumberTerm;
    });

/** A list of texts: the item's brands, or one that is written out. */
export type ListTerm =
  | (Range & { readonly op: "brands" })
  | (Range & { readonly op: "texts"; readonly values: readonly string[] });

export type TruthTerm =
  | (Range & { readonly op: "truth"; readonly value: boolean })
  /** A yes-or-no fact, kept as 1 or 0 among the numbers. */
  | (Range & { readonly op: "truth-fact"; readonly slot: number })
  /** Is the number known? Unknown numbers are NaN. */
  | (Range & { readonly op: "known-number"; readonly slot: number })
  | (Range & { readonly op: "known-text"; readonly slot: number })
  | (Range & {
      readonly op: "compare";
      readonly by: Comparison;
      readonly left: NumberTerm;
      readonly right: NumberTerm;
    })
  | (Range & { readonly op: "same"; readonly left: TextTerm; readonly right: TextTerm })
  | (Range & { readonly op: "both" | "either" | "alike"; readonly left: TruthTerm; readonly right: TruthTerm })
  | (Range & { readonly op: "not"; readonly of: TruthTerm })
  | (Range & { readonly op: "truth-choice"; readonly when: TruthTerm; readonly yes: TruthTerm; readonly no: TruthTerm })
  | (Range & { readonly op: "text-in"; readonly text: TextTerm; readonly list: ListTerm })
  | (Range & { readonly op: "number-in"; readonly number: NumberTerm; readonly values: readonly number[] })
  | (Range & {
      readonly op: "startsWith" | "endsWith" | "contains";
      readonly text: TextTerm;
      readonly part: TextTerm;
    })
  | (Range & {
      readonly op: "exists" | "all" | "exists_one";
      readonly list: ListTerm;
      readonly depth: number;
      readonly of: TruthTerm;
    });

export type Term = TruthTerm | NumberTerm | TextTerm | ListTerm;
