import { readFileSync } from "node:fs";
import { type Document, isScalar, LineCounter, parseDocument, type Scalar } from "yaml";
import { offsetInRaw, type PolicySource, type SourcePlace } from "../../shared/policy/policy-source.ts";
import { CommandFailed, EXIT } from "../command.ts";
import { userPath } from "../user-path.ts";

export interface DocumentFile {
  /** As it was written: nothing of it is checked yet. */
  readonly document: unknown;
  /** Where in the file its values stand, or the nearest thing around one that is not there. */
  readonly source: PolicySource;
  /** A line as it was written, from 1. */
  lineAt(line: number): string;
}

/** More than any document may have; a larger file is another one by mistake. */
const MOST_BYTES = 500_000;

function readText(command: string, file: string, noun: string): string {
  let bytes: Buffer;
  try {
    // 0 is standard input.
    bytes = readFileSync(file === "-" ? 0 : userPath(file));
  } catch {
    throw new CommandFailed(`${command}: there is no such file to read; check its path`);
  }
  if (bytes.byteLength > MOST_BYTES)
    throw new CommandFailed(`${command}: the file has over ${MOST_BYTES} bytes and is no ${noun}`);
  return bytes.toString("utf8");
}

/** Aliases that repeat each other can make megabytes of a few lines. */
function valued(command: string, parsed: Document.Parsed): unknown {
  try {
    return parsed.toJS({ maxAliasCount: 20 });
  } catch {
    throw new CommandFailed(`${command}: too many aliases in the file; write out what they stand for`, EXIT.refused);
  }
}

/** What to do about mistakes that have nothing to do with indentation. */
const said = (code: string, noun: string): string | undefined =>
  ({
    DUPLICATE_KEY: "this name stands twice, leave one out",
    MULTIPLE_DOCS: `a file holds one ${noun}, make this a file of its own`,
    TAB_AS_INDENT: "indent by spaces, not by tabs",
  })[code];

const QUOTES: Readonly<Record<string, '"' | "'">> = { QUOTE_DOUBLE: '"', QUOTE_SINGLE: "'" };

/** Where in the file a character of a text stands; undefined where the value is none. */
function offsetOf(text: string, node: unknown, offset: number): number | undefined {
  if (!isScalar(node) || typeof node.value !== "string" || !node.range) return undefined;
  const { type, value, range } = node as Scalar<string> & { range: [number, number, number] };
  // A block's range begins with its header, `>-`.
  const from = type?.startsWith("BLOCK") ? text.indexOf("\n", range[0]) + 1 : range[0];
  return from + offsetInRaw(text.slice(from, range[1]), QUOTES[type ?? ""] ?? "", value, offset);
}

/**
 * Reads a document that people write as YAML, of which JSON is a part.
 * @param file its path, or `-` for standard input
 * @param noun what it should be: `policy`
 * @throws CommandFailed with line and column where it is neither; exit code 1
 */
export function readDocumentFile(command: string, file: string, noun: string): DocumentFile {
  const counter = new LineCounter();
  // Comments, anchors and quotes are the writer's business; the values are those of JSON, and no key stands twice.
  const text = readText(command, file, noun);
  const parsed = parseDocument(text, { lineCounter: counter, schema: "core", uniqueKeys: true });
  const placeAt = (offset: number): SourcePlace => {
    const { line, col } = counter.linePos(offset);
    return { line, column: col };
  };
  const [fault] = parsed.errors;
  if (fault) {
    const { line, column } = placeAt(fault.pos[0]);
    throw new CommandFailed(
      `${command}: neither YAML nor JSON at line ${line}, column ${column}; ${said(fault.code, noun) ?? "look at its indentation and quotes"}`,
      EXIT.refused,
    );
  }
  const source: PolicySource = {
    placeOf(path, offset) {
      for (let length = path.length; length >= 0; length -= 1) {
        const found = length === 0 ? parsed.contents : parsed.getIn(path.slice(0, length), true);
        const range = (found as { range?: [number, number, number] } | null | undefined)?.range;
        if (!range) continue;
        const within = offset === undefined || length < path.length ? undefined : offsetOf(text, found, offset);
        return placeAt(within ?? range[0]);
      }
      return undefined;
    },
  };
  const lines = text.split("\n");
  return {
    document: valued(command, parsed),
    source,
    lineAt: (line) => (lines[line - 1] ?? "").replace(/\r$/, ""),
  };
}
