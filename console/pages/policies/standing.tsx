import Badge from "@cloudscape-design/components/badge";
import type { AnswerOf } from "../../api/route-types.ts";
import { Age } from "../../parts/age.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";

type Summary = AnswerOf<"list-policies">["policies"][number];

/** How a policy stands, in badges: what decides, what runs beside. */
export function Standing({
  active,
  shadows,
  builtIn,
  newest,
}: Pick<Summary, "active" | "shadows" | "builtIn" | "newest">) {
  return (
    <span className="policy-standing">
      {builtIn && <Badge color="grey">built in, version {newest}</Badge>}
      {active && (
        <>
          <Badge color="green">version {active.version} decides</Badge>
          <span>
            since <Age since={active.at} ago /> by <SafeInline text={active.by} />
          </span>
          {newest > active.version && <Badge color="severity-low">version {newest} is newer</Badge>}
        </>
      )}
      {!active && !builtIn && <Badge color="grey">decides nothing</Badge>}
      {shadows.map(({ version }) => (
        <Badge key={version} color="blue">
          version {version} in shadow
        </Badge>
      ))}
    </span>
  );
}
