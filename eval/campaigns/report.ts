import { wilson } from "../../shared/scoring/statistics.ts";
import type { Campaign } from "./campaigns.ts";
import type { HonestWorld } from "./honest-world.ts";
import type { Outcome } from "./replay.ts";

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** "3/120, 2.5% (.9%-7.1%)" */
function rate(outcomes: readonly Outcome[], of: (outcome: Outcome) => boolean): string {
  const hits = outcomes.filter(of).length;
  if (outcomes.length === 0) return "none";
  const { low, high } = wilson(hits, outcomes.length);
  return `${hits}/${outcomes.length}, ${percent(hits / outcomes.length)} (95% ${percent(low)}-${percent(high)})`;
}

function span(from: string, to: string): string {
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2 * 24 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 60 / 24)} days`;
}

/** Held for what happens to the target, whoever wrote it. */
const stormy = ({ labels }: Outcome): boolean => labels.includes("rating_storm");
const suspected = (outcome: Outcome): boolean => outcome.suspected;
const naive = (outcome: Outcome): boolean => outcome.naive;

/** How far one target's part of a campaign had come when the first of its reviews was suspected, or the storm named. */
function found(attack: readonly Outcome[]): string {
  const begin = attack[0]?.review.createdAt ?? "";
  const firstOf = (name: string, of: (outcome: Outcome) => boolean): string[] => {
    const first = attack.findIndex(of);
    const after = span(begin, attack[first]?.review.createdAt ?? begin);
    return first < 0 ? [] : [`${name} from review ${first + 1} of ${attack.length} on, after ${after}`];
  };
  const all = [...firstOf("suspected", suspected), ...firstOf("storm named", stormy)];
  return all.length === 0 ? "never found" : all.join("; ");
}

function campaignLines({ name, what, targets }: Campaign, outcomes: readonly Outcome[]): string[] {
  const here = new Set(targets.map(({ id }) => id));
  const own = outcomes.filter(({ review }) => here.has(review.target.id));
  const attack = own.filter(({ campaign }) => campaign === name);
  const honest = own.filter(({ campaign }) => campaign === undefined);
  const labels = Map.groupBy(
    attack.filter(suspected).flatMap((one) => one.labels.filter((label) => label.startsWith("fake_review."))),
    (label) => label,
  );
  const named = [...labels].map(([label, all]) => `${label} ${all.length}`).join(", ");
  return [
    `${name}: ${what}`,
    ...targets.map(({ id }) => `  ${id}: ${found(attack.filter(({ review }) => review.target.id === id))}`),
    `  suspected of the campaign: ${rate(attack, suspected)}${named === "" ? "" : `; as ${named}`}`,
    `    rule of thumb: ${rate(attack, naive)}`,
    ...(attack.some(stormy) ? [`  held by the storm, nobody suspected: ${rate(attack, stormy)}`] : []),
    `  suspected of the honest at the same places: ${rate(honest, suspected)}`,
    `    rule of thumb: ${rate(honest, naive)}`,
  ];
}

/** The report as lines. */
export function campaignReport(
  world: HonestWorld,
  campaigns: readonly Campaign[],
  outcomes: readonly Outcome[],
): string[] {
  const known = new Set(world.targets.map(({ id }) => id));
  const everyday = outcomes.filter(({ review }) => known.has(review.target.id));
  const at = (id: string): Outcome[] => outcomes.filter(({ review }) => review.target.id === id);
  const groups: readonly (readonly [string, readonly Outcome[]])[] = [
    ["all of them", everyday],
    ["authors' first reviews", everyday.filter(({ first }) => first)],
    ["first reviews with one star", everyday.filter(({ first, review }) => first && review.rating < 1.5)],
    ["accounts younger than a week", everyday.filter(({ review }) => young(review))],
    ["without text", everyday.filter(({ review }) => review.text === undefined)],
    ["the scandal (80 customers, one star, true)", at(world.scandal.id)],
    ["the place in the paper (80 customers at once)", at(world.praised.id)],
  ];
  return [
    ...campaigns.flatMap((campaign) => [...campaignLines(campaign, outcomes), ""]),
    "honest reviews elsewhere, suspected by mistake:",
    ...groups.flatMap(([name, some]) => [
      `  ${name}: ${rate(some, suspected)}`,
      `    rule of thumb: ${rate(some, naive)}`,
    ]),
  ];
}

const WEEK = 7 * 86_400_000;
const young = ({ author, createdAt }: Outcome["review"]): boolean =>
  author.createdAt !== undefined && Date.parse(createdAt) - Date.parse(author.createdAt) < WEEK;
