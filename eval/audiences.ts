// `npm run eval:audiences`: made-up audiences in event time, through the reducers and the scorer that ship, and how the
// profile scorer does on public sets. With --profiles, a file of the caller's own is scored.
import { liveLine } from "../cli/live-line.ts";
import { AT } from "./audiences/coverage.ts";
import { labelledSets } from "./audiences/labelled-sets.ts";
import { readOptions, type SimulationOptions, USAGE } from "./audiences/options.ts";
import { writePictures } from "./audiences/pictures.ts";
import { sectionLines, sectionsOf } from "./audiences/report.ts";
import { runAll } from "./audiences/run-all.ts";
import { isMet } from "./audiences/targets.ts";
import { reportProfiles } from "./profiles/report.ts";
import { scoreProfiles } from "./profiles/score-file.ts";
import { UsageError } from "./text/options.ts";

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** @returns whether all targets were met. */
function simulate(options: SimulationOptions): boolean {
  const live = liveLine(process.stderr);
  const begun = process.threadCpuUsage();
  const results = runAll({ ...options, labelled: labelledSets(options.data, AT) }, (line) => live.show(line));
  live.clear();
  const { user, system } = process.threadCpuUsage(begun);
  const sections = sectionsOf(results);
  const targets = sections
    .flatMap((section) => section.targets)
    .map((target) => ({ name: target.name, value: target.value, met: isMet(target) }));
  const met = targets.filter((target) => target.met).length;
  if (options.json) print(JSON.stringify({ seed: options.seed, targets, ...results }, undefined, 1));
  else {
    print(`Made-up audiences, seed ${options.seed}: ${((user + system) / 1e6).toFixed(0)} s of processor time.`);
    print("They prove that the methods work, not how well they do on real ones.\n");
    for (const line of sections.flatMap(sectionLines)) print(line);
    print(`${met} of ${targets.length} targets met`);
    if (options.data !== undefined) reportProfiles(options.data, print);
  }
  return met === targets.length;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.kind === "help") process.stdout.write(USAGE);
  else if (options.kind === "file") await scoreProfiles(options);
  else if (options.kind === "pictures") for (const file of writePictures(options.folder)) print(file);
  else if (!simulate(options) && options.check) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`eval:audiences: ${error.message}\n`);
  process.exitCode = 2;
}
