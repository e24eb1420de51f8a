import type * as z from "zod";
import type { routes } from "../../shared/contracts/routes.ts";
import { grouped } from "../progress-line.ts";
import { safeText } from "../safe-text.ts";
import { percent } from "./bar.ts";
import { table } from "./table.ts";

type Quarantines = z.infer<(typeof routes)["list-quarantines"]["answer"]["schema"]>;

const EFFECTS = { flag: "flags at most", announced: "goes on: it stands for harm to life" } as const;

/** What the breaker holds, then what it did lately. */
export function quarantineLines({ quarantines, history }: Quarantines): string[] {
  const held = quarantines.map(({ subject, name, kind, effect, at, until, usual, seen, hits, items }) => [
    `${subject} ${name}`,
    `${grouped(hits)} of ${grouped(items)} ${kind}s (${percent(seen)})`,
    `up to ${percent(usual)}`,
    EFFECTS[effect],
    at,
    until,
  ]);
  const done = history.map(({ at, type, quarantine: { subject, name, kind }, by = "", note = "" }) => [
    at,
    type === "breaker.opened" ? "held" : "held no longer",
    `${subject} ${name} (${kind}s)`,
    by,
    safeText(note),
  ]);
  return [
    ...(held.length === 0
      ? ["nothing is held"]
      : table(["held", "seen in ten minutes", "usual", "what it does", "since", "until"], held)),
    ...(done.length === 0 ? [] : ["", ...table(["when", "what", "of", "by", "why"], done)]),
  ];
}
