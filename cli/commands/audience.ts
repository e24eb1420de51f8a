import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { routes } from "../../shared/contracts/routes.ts";
import { followOrderPlot } from "../../shared/plots/follow-order-plot.ts";
import { followSeriesPlot } from "../../shared/plots/follow-series-plot.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";
import { userPath } from "../user-path.ts";
import { type AudienceView, audienceLines } from "../views/audience-view.ts";

/** Writes both pictures. @returns where they are; none where the counts are forgotten. @throws where it may not write */
function writePlots(folder: string, { assessment, history }: AudienceView): string[] {
  if (!history) return [];
  const { account, windows } = assessment;
  mkdirSync(folder, { recursive: true });
  const pictures = {
    "followers-by-hour.svg": followSeriesPlot({ account, hours: history.hours, windows }),
    "follow-order.svg": followOrderPlot({ account, order: history.order, windows }),
  };
  return Object.entries(pictures).map(([name, picture]) => {
    const file = join(folder, name);
    writeFileSync(file, `${picture}\n`);
    return file;
  });
}

export const audience = defineCommand({
  words: ["audience"],
  summary: "Show what is known of an account's followers: the share that is fake, and unusual bursts.",
  arguments: ["ID"],
  options: {
    ...API_OPTIONS,
    svg: { type: "string", value: "DIR", about: "write both pictures to DIR: followers by hour, and their order" },
  },
  async run([id = ""], { json, svg, ...api }) {
    const found = await callApi(connect(api, "platform"), routes["get-audience"], { params: { id } });
    const files = svg === undefined ? [] : writePlots(userPath(svg), found);
    print(json, found, [
      ...audienceLines(found, process.stdout.columns),
      ...(svg === undefined ? [] : files.length === 0 ? ["no picture: the counts are forgotten"] : ["", ...files]),
    ]);
    return EXIT.ok;
  },
});
