import type * as z from "zod";
import type { policyStanding } from "../../shared/contracts/policy-routes.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import { safeText } from "../safe-text.ts";
import { paint, paintAction } from "../views/paint.ts";
import { table } from "../views/table.ts";

type Standing = z.infer<typeof policyStanding>;
type PolicyList = z.infer<(typeof routes)["list-policies"]["answer"]["schema"]>;
type PolicyView = z.infer<(typeof routes)["get-policy"]["answer"]["schema"]>;
type VersionView = z.infer<(typeof routes)["get-policy-version"]["answer"]["schema"]>;
type Rule = VersionView["document"]["rules"][number];

const shadowsOf = ({ shadows }: Pick<Standing, "shadows">): string =>
  shadows.map(({ version }) => `version ${version}`).join(", ");

/** One sentence on how a policy stands after a change. */
export function standingLine(made: Standing): string {
  const { id, active, shadows, changed, hiddenBy } = made;
  const decides = active
    ? `version ${active.version} of ${id} decides${active.previous === undefined ? "" : ` (before: version ${active.previous})`}`
    : `${id} decides nothing`;
  const hidden = hiddenBy === undefined ? "" : `; no item reaches it: ${hiddenBy} is nearer to all that it is for`;
  const beside = `${hidden}${shadows.length === 0 ? "" : `; in shadow: ${shadowsOf(made)}`}`;
  return changed ? `${decides}${beside}; everywhere within a minute` : `${decides}${beside}; nothing was changed`;
}

/** All policies in a table. */
export function policyListLines({ policies, epoch }: PolicyList): string[] {
  const rows = policies.map(({ id, title, inherits, builtIn, newest, active, ...one }) => {
    const decides = builtIn ? `${newest} (built in)` : active ? `${active.version} since ${active.at}` : "no";
    return [id, decides, String(newest), shadowsOf(one), inherits ?? "", safeText(title)];
  });
  const heading = ["policy", "decides", "newest", "in shadow", "inherits", "title"];
  return [...table(heading, rows), "", `epoch ${epoch}: it grows by one with every change of what decides`];
}

function ruleLines(rule: Rule): string[] {
  const { name, action, when, queue, severity, reasonCode, locked, userText } = rule;
  const more = [
    ...(locked ? ["locked"] : []),
    ...(severity === undefined ? [] : [`severity ${severity}`]),
    ...(queue === undefined ? [] : [`queue ${queue}`]),
    reasonCode,
  ];
  return [
    `  ${paintAction(action)}  ${paint("bold", name)} (${more.join(", ")})`,
    ...when.split("\n").map((line) => `    ${safeText(line)}`),
    ...Object.entries(userText ?? {}).map(([language, text]) => `    ${language}: “${safeText(text)}”`),
  ];
}

function scopeLine(appliesTo: VersionView["document"]["appliesTo"]): string {
  const parts = Object.entries(appliesTo ?? {}).map(([name, wanted]) => `${name} ${[wanted].flat().join(", ")}`);
  return parts.length === 0 ? "applies to everything" : `applies to: ${safeText(parts.join("; "))}`;
}

/** A document below its title: what it is for, what it applies to, and its rules. */
export function documentLines(document: VersionView["document"]): string[] {
  const { description, inherits, appliesTo, disable, rules } = document;
  return [
    ...(description === undefined ? [] : [`  ${safeText(description)}`]),
    ...(inherits === undefined ? [] : [`  inherits from ${inherits}`]),
    `  ${scopeLine(appliesTo)}`,
    ...(disable === undefined || disable.length === 0 ? [] : [`  leaves out ${disable.join(", ")}`]),
    "",
    ...(rules.length === 0 ? ["  no rules of its own"] : rules.flatMap(ruleLines)),
  ];
}

/** One version with its rules. */
export function versionLines({ id, version, document, isActive, savedBy, savedAt, note }: VersionView): string[] {
  return [
    `${paint("bold", safeText(document.title))}  ${id}, version ${version}${isActive ? ", decides" : ""}`,
    ...(savedAt === undefined
      ? []
      : [`  saved ${savedAt} by ${savedBy}${note === undefined ? "" : `: ${safeText(note)}`}`]),
    ...documentLines(document),
  ];
}

const DONE: Readonly<Record<PolicyView["history"][number]["event"], string>> = {
  activated: "activated",
  rolled_back: "rolled back",
  deactivated: "deactivated",
  shadow_started: "shadow started",
  shadow_stopped: "shadow ended",
};

/** One policy: the version that decides, or the newest, then its versions and its history. */
export function policyLines({ shown, versions, history, ...policy }: PolicyView): string[] {
  const saved = versions.map(({ version, savedAt, savedBy, note = "" }) => [
    String(version),
    savedAt,
    savedBy,
    safeText(note),
  ]);
  const done = history.map(({ at, event, from, version, by, note = "" }) => {
    const change = [...(from === undefined ? [] : [from]), version ?? "none"].join(" → ");
    return [at, `${DONE[event]} ${change}`, by, safeText(note)];
  });
  return [
    ...versionLines(shown),
    ...(policy.shadows.length === 0 ? [] : ["", `in shadow: ${shadowsOf(policy)}`]),
    ...(saved.length === 0 ? [] : ["", ...table(["version", "saved", "by", "note"], saved)]),
    ...(done.length === 0 ? [] : ["", ...table(["when", "what", "by", "why"], done)]),
  ];
}
