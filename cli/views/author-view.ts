import type * as z from "zod";
import type { routes } from "../../shared/contracts/routes.ts";
import { percent } from "./bar.ts";
import { OUTCOME_WORDS } from "./case-view.ts";
import { paint, paintAction } from "./paint.ts";
import { table } from "./table.ts";

type AuthorView = z.infer<(typeof routes)["get-author"]["answer"]["schema"]>;
type Match = z.infer<(typeof routes)["search"]["answer"]["schema"]>["matches"][number];
type Decided = z.infer<(typeof routes)["list-decisions"]["answer"]["schema"]>["decisions"][number];
type Link = NonNullable<AuthorView["items"][number]["case"]>;
type Labels = AuthorView["items"][number]["labels"];

const why = (labels: readonly Pick<Labels[number], "title" | "probability">[]): string =>
  labels.map(({ title, probability }) => `${title} ${percent(probability)}`).join(", ");

/** What became of a case, in a word. */
const fate = (link: Link | undefined): string =>
  link === undefined ? "" : link.outcome ? OUTCOME_WORDS[link.outcome] : link.state;

const some = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");

/** An author's latest items. */
export function authorLines({ id, firstSeen, lastSeen, counted, items, audience, cursor }: AuthorView): string[] {
  const decided = some(
    Object.fromEntries(
      Object.entries(counted.decisions).map(([outcome, count]) => [
        OUTCOME_WORDS[outcome as Decided["decision"]["outcome"]],
        count,
      ]),
    ),
  );
  return [
    paint("bold", id),
    ...(firstSeen && lastSeen ? [`  first seen ${firstSeen}, last ${lastSeen}`] : []),
    `  of the latest ${counted.items} items: ${some(counted.actions) || "none"}`,
    ...(decided === "" ? [] : [`  decided by people: ${decided}`]),
    ...(counted.open > 0 ? [`  ${counted.open} wait for a person`] : []),
    ...(audience ? [`  the account's following: ${paintAction(audience.action)} ${why(audience.labels)}`] : []),
    ...table(
      ["received", "item", "action", "case", "why"],
      items.map((one) => [
        one.at,
        `${one.ref.kind} ${one.ref.id}`,
        paintAction(one.action),
        fate(one.case),
        why(one.labels),
      ]),
    ).map((line) => `  ${line}`),
    ...(cursor ? ["  there is more before that"] : []),
  ];
}

/** Everything that an id is, one a line. */
export const matchLines = (matches: readonly Match[]): string[] =>
  matches.length === 0
    ? ["nothing of that id is known here, or its time is over"]
    : matches.map((one) => {
        const link = "case" in one ? one.case : undefined;
        const leads = link && one.kind !== "case" ? ` (case ${link.id}: ${fate(link)})` : "";
        return `${paint("bold", one.kind)} ${one.id}: ${one.summary}${leads}`;
      });

/** Cases that were decided, one a line. */
export const decisionTable = (decisions: readonly Decided[]): string[] =>
  decisions.length === 0
    ? ["nothing was decided of late"]
    : table(
        ["decided", "case", "outcome", "reason", "by", "item", "why"],
        decisions.map(({ id, decision, ref, labels }) => [
          decision.at,
          id,
          OUTCOME_WORDS[decision.outcome],
          decision.reason,
          decision.by,
          `${ref.kind} ${ref.id}`,
          why(labels),
        ]),
      );
