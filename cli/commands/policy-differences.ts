import { setTimeout as wait } from "node:timers/promises";
import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { liveLine } from "../live-line.ts";
import { needVersion, VERSION_OPTION } from "../policy/version-option.ts";
import { print } from "../print.ts";
import { differenceLines, differingLine, type ShadowReport, shadowLines } from "../views/shadow-view.ts";

const EVERY_MS = 2_000;

const nameOf = ({ ref }: ShadowReport["latest"][number]): string => JSON.stringify(ref);

/** Shows each new differing item as it comes, and the counts below, until the signal. */
async function watch(first: ShadowReport, ask: () => Promise<ShadowReport>, until: AbortSignal): Promise<void> {
  const line = liveLine(process.stdout);
  const seen = new Set(first.latest.map(nameOf));
  while (!until.aborted) {
    await wait(EVERY_MS, undefined, { signal: until }).catch(() => undefined);
    if (until.aborted) break;
    const report = await ask();
    for (const one of report.latest.filter((item) => !seen.has(nameOf(item))).toReversed()) {
      seen.add(nameOf(one));
      for (const said of differenceLines(one)) line.say(said);
    }
    line.show(differingLine(report));
  }
  line.clear();
}

export const shadowDifferences = defineCommand({
  words: ["policy", "shadow"],
  summary: "Show what a version that runs in shadow would have done otherwise.",
  arguments: ["ID"],
  options: {
    version: { ...VERSION_OPTION.version, about: "which version; without it the one that was started last" },
    watch: { type: "boolean", about: "go on and show differing items as they come, until Ctrl-C" },
    ...API_OPTIONS,
  },
  about: [
    "Items of which the candidate was asked, how many it would have treated otherwise, from which action to which, with " +
      "95% intervals; and the latest of them with both rules. Items whose verdicts are gone are counted and not shown.",
  ],
  async run([id = ""], { version, watch: goesOn, json, ...api }) {
    const access = connect(api, "admin");
    const asked = version === undefined ? undefined : needVersion("policy shadow", version);
    const ask = (of: number | undefined) =>
      callApi(access, routes["get-shadow"], {
        params: { id },
        query: of === undefined ? {} : { version: String(of) },
      });
    const report = await ask(asked);
    print(json, report, shadowLines(report));
    if (!goesOn || json) return EXIT.ok;
    const stop = new AbortController();
    const end = (): void => stop.abort();
    process.once("SIGINT", end);
    await watch(report, () => ask(report.version), stop.signal).finally(() => process.removeListener("SIGINT", end));
    return EXIT.ok;
  },
});
