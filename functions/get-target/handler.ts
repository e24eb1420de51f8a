import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { countedStates } from "../../shared/store/counted-states.ts";
import { reviewSignals } from "../../shared/store/review-signals.ts";
import { documentClient } from "../../shared/store/table.ts";
import { textBandStore } from "../../shared/store/text-bands.ts";
import { viewTarget } from "./view-target.ts";

const { TABLE_SIGNALS: name } = readConfig(["TABLE_SIGNALS"]);
const signals = { client: documentClient(), name };

export const handler = httpStack(
  routes["get-target"],
  viewTarget(reviewSignals(countedStates(signals), textBandStore(signals))),
);
