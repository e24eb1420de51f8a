import Badge from "@cloudscape-design/components/badge";
import type { AnswerOf } from "../../api/route-types.ts";

export type Endpoint = AnswerOf<"get-endpoint">;

const STATES = {
  well: ["green", "well"],
  slow: ["blue", "slow to answer"],
  failing: ["red", "failing"],
  open: ["red", "failing: tried again later"],
} as const satisfies Readonly<Record<Endpoint["state"], unknown>>;

/** How a receiver is doing. */
export function EndpointState({ state }: Pick<Endpoint, "state">) {
  const [color, words] = STATES[state];
  return (
    <span className="whole">
      <Badge color={color}>{words}</Badge>
    </span>
  );
}
