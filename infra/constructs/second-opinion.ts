import { Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import { type Band, parseBand } from "../../shared/domain/band.ts";
import type { ServiceFunction } from "./service-function.ts";

/** The three calls of Comprehend that the adapter makes. They know no resources. */
const CALLS = ["comprehend:DetectToxicContent", "comprehend:DetectPiiEntities", "comprehend:DetectDominantLanguage"];

/** Around the thresholds of the default policy; its cost on real posts is printed by eval/cascade.ts. */
const DEFAULT_BAND = "0.4-0.75";

/**
 * The switch of the second analyzer, Amazon Comprehend: `comprehend` in the context is `on` or `off` (the default), and
 * `comprehendBand` says how unsure the embedded analyzer has to be. Off, no function knows of it or may call it.
 */
export class SecondOpinion {
  private readonly band: Band | undefined;

  /** @throws Error where the context says anything else */
  constructor(scope: IConstruct) {
    const position: unknown = scope.node.tryGetContext("comprehend") ?? "off";
    if (position !== "on" && position !== "off")
      throw new Error(`the context "comprehend" is neither "on" nor "off" (cdk.json, or -c comprehend=on)`);
    const band: unknown = scope.node.tryGetContext("comprehendBand") ?? DEFAULT_BAND;
    this.band = position === "on" ? parseBand(String(band)) : undefined;
  }

  get isOn(): boolean {
    return this.band !== undefined;
  }

  /** Lets the function ask Comprehend and tells it so, where the switch is on. */
  askedBy(fn: ServiceFunction): void {
    if (!this.band) return;
    fn.allow(CALLS, ["*"]);
    fn.tell("COMPREHEND", "on");
    fn.tell("COMPREHEND_BAND", `${this.band.low}-${this.band.high}`);
    Validations.of(fn.lambda.role ?? fn.lambda).acknowledge({
      id: "AwsSolutions-IAM5[Resource::*]",
      reason: "Comprehend's Detect actions know no resources: IAM takes nothing but * for them.",
    });
  }
}
