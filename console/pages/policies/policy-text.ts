import { isScalar, LineCounter, parseDocument, type Scalar, stringify } from "yaml";
import type { FaultOfPolicy } from "../../../shared/contracts/policy-routes.ts";
import { offsetInRaw } from "../../../shared/policy/policy-source.ts";
import type { PolicyDocument } from "./words.tsx";

/** Something wrong in a text, between two offsets. */
export interface TextFault {
  readonly from: number;
  readonly to: number;
  /** From 1. */
  readonly line: number;
  readonly severity: "error" | "warning";
  readonly message: string;
}

/** A text as far as it could be read. */
export interface ReadText {
  /** Undefined where the text is no YAML. */
  readonly document: unknown;
  readonly faults: readonly TextFault[];
  /** A fault of the document at its place in the text. */
  place(fault: FaultOfPolicy, severity: TextFault["severity"]): TextFault;
}

/** A document as people read and write it. */
export const textOf = (document: PolicyDocument): string =>
  stringify(document, { lineWidth: 100, singleQuote: null, aliasDuplicateObjects: false });

/** What to do about mistakes that have nothing to do with indentation. */
const SAID: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: "This name stands twice: leave one out.",
  MULTIPLE_DOCS: "This is one policy: make another one on a page of its own.",
  TAB_AS_INDENT: "Indent by spaces, not by tabs.",
};

const QUOTES: Readonly<Record<string, '"' | "'">> = { QUOTE_DOUBLE: '"', QUOTE_SINGLE: "'" };

type Ranged = { readonly range?: [number, number, number] | null } | null | undefined;

/** Offsets of a part of a text value that stands in YAML, quoted or folded as it may be. */
function within(text: string, node: unknown, { line, column, length }: NonNullable<FaultOfPolicy["place"]>) {
  if (!isScalar(node) || typeof node.value !== "string" || !node.range) return undefined;
  const { type, value, range } = node as Scalar<string> & { range: [number, number, number] };
  const before = value.split("\n").slice(0, line - 1);
  const offset = before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  // A block's range begins with its header, `>-`.
  const start = type?.startsWith("BLOCK") ? text.indexOf("\n", range[0]) + 1 : range[0];
  const raw = text.slice(start, range[1]);
  const at = (of: number): number => start + offsetInRaw(raw, QUOTES[type ?? ""] ?? "", value, of);
  return { from: at(offset), to: at(offset + length - 1) + 1 };
}

/** The segments of a JSON pointer below `/document`. */
const pathOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(2)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/** Reads the text of a policy; what it says is for the API to check. */
export function readText(text: string): ReadText {
  const counter = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: counter, schema: "core", uniqueKeys: true });
  const faultAt = (from: number, to: number, severity: TextFault["severity"], message: string): TextFault => {
    const start = Math.min(from, text.length);
    // A value with a line end behind it is underlined up to that end only.
    const end = Math.max(start, Math.min(to, text.length));
    return { from: start, to: end, line: counter.linePos(start).line, severity, message };
  };
  const faults = parsed.errors.map(({ pos: [from, to], code }) =>
    faultAt(from, to, "error", SAID[code] ?? "This is no YAML: look at its indentation and quotes."),
  );
  return {
    document: faults.length > 0 ? undefined : valued(parsed),
    faults,
    place({ pointer, detail, fix, place }, severity) {
      const path = pathOf(pointer);
      const message = [detail, fix].filter(Boolean).join(": ");
      for (let length = path.length; length >= 0; length -= 1) {
        const found = length === 0 ? parsed.contents : parsed.getIn(path.slice(0, length), true);
        const range = (found as Ranged)?.range;
        if (!range) continue;
        const meant = length === path.length && place ? within(text, found, place) : undefined;
        const [from, to] = meant ? [meant.from, meant.to] : [range[0], range[1]];
        const line = text.indexOf("\n", from);
        // What is wrong with a whole block is marked at its first line.
        return faultAt(from, meant || line < 0 ? to : Math.min(to, line), severity, message);
      }
      return faultAt(0, 0, severity, message);
    },
  };
}

/** Aliases that repeat each other can make megabytes of a few lines. */
function valued(parsed: ReturnType<typeof parseDocument>): unknown {
  try {
    return parsed.toJS({ maxAliasCount: 20 });
  } catch {
    return undefined;
  }
}
