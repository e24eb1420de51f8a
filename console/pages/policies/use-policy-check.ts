import { useEffect, useMemo, useState } from "react";
import type { Refused } from "../../api/answered.ts";
import { useApi } from "../../api/api-context.tsx";
import { readText, type TextFault } from "./policy-text.ts";

/** Milliseconds without a keystroke before the API is asked. */
const PAUSE_MS = 500;

/** What is known of a text. */
export interface Checked {
  /** `unread`: it is no YAML. `good`: it can be saved. */
  readonly state: "checking" | "unread" | "good" | "bad" | "failed";
  readonly faults: readonly TextFault[];
  /** The document of the text; undefined where it could not be read. */
  readonly document: unknown;
  readonly refused?: Refused;
  retry(): void;
}

interface Said {
  readonly text: string;
  readonly state: "good" | "bad" | "failed";
  readonly faults: readonly TextFault[];
  readonly refused?: Refused;
}

/** Checks the text of a policy as it is written: by itself as YAML, then by the API against what it inherits from. */
export function usePolicyCheck(text: string): Checked {
  const { call } = useApi();
  const read = useMemo(() => readText(text), [text]);
  const [said, say] = useState<Said>();
  const [turn, setTurn] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks the same again
  useEffect(() => {
    if (read.document === undefined) return;
    const stop = new AbortController();
    const ask = async () => {
      const answer = await call("check-policy", { body: { document: read.document } }, { signal: stop.signal });
      if (!answer.ok) return say({ text, state: "failed", faults: [], refused: answer });
      const { ok, errors, warnings } = answer.value;
      const faults = [
        ...errors.map((one) => read.place(one, "error")),
        ...warnings.map((one) => read.place(one, "warning")),
      ].sort((a, b) => a.from - b.from);
      say({ text, state: ok ? "good" : "bad", faults });
    };
    const timer = setTimeout(() => {
      ask().catch((error) => {
        if (!stop.signal.aborted) throw error;
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [read, text, call, turn]);

  const retry = () => setTurn((before) => before + 1);
  const { document } = read;
  if (document === undefined) return { state: "unread", faults: read.faults, document, retry };
  // Faults of the text before would stand at the wrong places.
  if (said?.text !== text) return { state: "checking", faults: [], document, retry };
  return { ...said, document, retry };
}
