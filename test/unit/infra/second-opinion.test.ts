import { describe, expect, it } from "vitest";
import { synthesise } from "../../../infra/synthesise.ts";
import { inlineCode, list, type Resource, SystemTemplate } from "./read-template.ts";

const CALLS = ["comprehend:DetectDominantLanguage", "comprehend:DetectPiiEntities", "comprehend:DetectToxicContent"];
/** In what it says: that is asserted elsewhere. */
const CHANGED = ["AWS::IAM::Policy", "AWS::Lambda::Function", "AWS::CloudWatch::Dashboard"];
const ASKING = ["score", "score-post"];

// With cdk-nag, in both positions: a finding that is not acknowledged fails here.
const at = async (context: Record<string, unknown>) =>
  new SystemTemplate(await synthesise({ nag: true, code: inlineCode, context }));
const on = await at({ comprehend: "on", comprehendBand: "0.2-0.9" });
const off = await at({});

const variablesOf = (fn: Resource): Record<string, string> => fn.properties.Environment.Variables;
const callsOf = (system: SystemTemplate, fn: Resource): string[] =>
  system
    .statementsOf(system.target(fn.properties.Role))
    .flatMap(({ Action, Resource, Effect }) => (Effect === "Allow" && Resource === "*" ? list(Action) : []))
    .filter((action) => action.startsWith("comprehend:"))
    .sort();
const alarmsOf = (system: SystemTemplate) =>
  system.of("AWS::CloudWatch::Alarm").filter(({ properties }) => properties.AlarmDescription.startsWith("Comprehend"));

describe("the switch", () => {
  it("is off as the project comes: no function knows of Comprehend or may call it", () => {
    expect(JSON.stringify(off.resources.map(({ whole }) => whole))).not.toMatch(/comprehend/i);
  });

  it("on, tells the functions that score posts and lets just them make its three calls", () => {
    for (const [name, fn] of on.functions()) {
      const { COMPREHEND, COMPREHEND_BAND } = variablesOf(fn);
      const asks = ASKING.includes(name);
      expect([name, COMPREHEND, COMPREHEND_BAND]).toEqual(
        asks ? [name, "on", "0.2-0.9"] : [name, undefined, undefined],
      );
      expect([name, callsOf(on, fn)]).toEqual([name, asks ? CALLS : []]);
    }
  });

  it("on, changes nothing else but two alarms and a row of the dashboard", () => {
    const rest = (system: SystemTemplate) =>
      system.resources
        .filter(
          ({ type, properties }) =>
            type !== "AWS::CloudWatch::Alarm" || !properties.AlarmDescription.startsWith("Comprehend"),
        )
        .map(({ id, type, properties }) => {
          if (CHANGED.includes(type)) return [id, type];
          return [id, type, properties];
        });
    expect(rest(on)).toEqual(rest(off));
    expect([alarmsOf(on).length, alarmsOf(off).length]).toEqual([2, 0]);
  });

  it("on, is watched: what Comprehend leaves unanswered and what it costs", () => {
    for (const { properties } of alarmsOf(on)) {
      expect(properties.AlarmDescription).toMatch(/^[A-Z].{40,}\. [A-Z].{20,}\.$/);
      const watched = properties.Metrics.flatMap(
        ({ MetricStat }: { MetricStat?: { Metric: { Dimensions: { Value: string }[] } } }) =>
          MetricStat ? MetricStat.Metric.Dimensions.map(({ Value }) => Value) : [],
      );
      expect(watched).toEqual(ASKING);
    }
  });

  it("shows on the dashboard where it is on", () => {
    const shown = (system: SystemTemplate) => JSON.stringify(system.of("AWS::CloudWatch::Dashboard")[0]?.properties);
    for (const metric of ["SecondOpinionMissing", "ComprehendUnits"])
      expect([shown(on).split(metric).length - 1, shown(off).split(metric).length - 1]).toEqual([ASKING.length, 0]);
  });

  it("is refused where it stands between", async () => {
    await expect(at({ comprehend: "yes" })).rejects.toThrow('neither "on" nor "off"');
    await expect(at({ comprehend: "on", comprehendBand: "wide" })).rejects.toThrow("the smaller first");
  });
});
