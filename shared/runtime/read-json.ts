import { type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Fault } from "../contracts/problem.ts";

export type Read = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: Fault };

const place = (text: string, offset: number): string => {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return `line ${line}, column ${offset - (before.lastIndexOf("\n") + 1) + 1}`;
};

const inWords = (code: string): string => code.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();

/**
 * The one JSON reader. `JSON.parse` quotes the text in its errors and people's words must not reach a log or an
 * answer, so its message is dropped; only on failure is the text walked again to find where it stops being JSON.
 * @returns the value, or a fault that names line and column and no character of the text.
 */
export function readJson(text: string): Read {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    const errors: ParseError[] = [];
    // The walk is recursive: a tower of brackets must not overflow the stack of the one who explains it.
    try {
      parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
    } catch {
      return {
        ok: false,
        fault: { pointer: "", detail: "not JSON: nested too deeply", fix: "send a flat JSON object" },
      };
    }
    const first = errors[0];
    const detail = first
      ? `not JSON at ${place(text, first.offset)}: ${inWords(printParseErrorCode(first.error))}`
      : "not JSON: a number, string or escape is not written as RFC 8259 says";
    return { ok: false, fault: { pointer: "", detail, fix: "send one JSON value as RFC 8259 says, in UTF-8" } };
  }
}

/**
 * Bytes to text, refusing what is not UTF-8.
 * @returns undefined where the bytes are not UTF-8.
 */
export function readUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** JSON in ASCII only: SQS refuses control characters and lone surrogates, the embedded queue emoji; people post all of them. */
export const toAsciiJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
