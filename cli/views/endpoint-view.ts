import type * as z from "zod";
import type { routes } from "../../shared/contracts/routes.ts";
import { counted } from "../progress-line.ts";

type Endpoint = z.infer<(typeof routes)["get-endpoint"]["answer"]["schema"]>;

const second = (at: string): string => `${at.slice(0, 19).replace("T", " ")} UTC`;

const STATES: Readonly<Record<Endpoint["state"], string>> = {
  well: "well: nothing has failed since it last answered",
  slow: "slow: it took over a second of late, so its messages go by the second queue, where nobody else waits for them",
  failing: "failing: it is asked again as each message's time comes",
  open: "failing, and not called",
};

/**
 * How a receiver is doing, and since when its secrets sign, a fact a line.
 * @param signed the subscription's id where its messages are signed: only webhooks' are
 */
export function endpointLines(
  { state, failures, failingSince, openUntil, secrets }: Endpoint,
  signed: string | undefined,
): string[] {
  const until =
    state === "open" && openUntil !== undefined ? ` until ${second(openUntil)}; then one message tries` : "";
  const row = failingSince === undefined ? "" : `, since ${second(failingSince)}`;
  return [
    `${STATES[state]}${until}`,
    ...(failures === 0 ? [] : [`${counted(failures, "failure")} in a row${row}`]),
    ...secrets.map(({ since, until: end }) =>
      end === undefined
        ? `a secret signs since ${second(since)}`
        : `the one before signs beside it until ${second(end)}`,
    ),
    ...(secrets.length === 0 && signed !== undefined
      ? [`nobody has asked for its secret: \`subscriptions rotate-secret ${signed}\` gives one`]
      : []),
  ];
}
