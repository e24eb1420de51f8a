import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useGo } from "../../parts/go.tsx";
import { useMe } from "../../session/me.tsx";
import { ActivateVersion } from "./activate-version.tsx";
import { policyPath } from "./paths.ts";
import { StartBacktest } from "./start-backtest.tsx";
import { StepBack } from "./step-back.tsx";
import type { PolicyView } from "./words.tsx";

interface PolicyActionsProps {
  readonly policy: PolicyView;
  refresh(): void;
}

type Asking = "activate" | "roll-back" | "deactivate" | "backtest";

const ENDS = ["activated", "rolled_back", "deactivated"];

/** What may be done with a policy as it stands now, for whoever may do it. */
export function PolicyActions({ policy, refresh }: PolicyActionsProps) {
  const me = useMe();
  const go = useGo();
  const [asking, ask] = useState<Asking>();
  if (policy.builtIn || !me.may("activate-policy")) return null;
  const { active, history } = policy;
  // Out of a deactivation a rollback leads back in.
  const ended = history.find(({ event }) => ENDS.includes(event))?.event === "deactivated";
  const close = () => ask(undefined);
  return (
    <span className="button-row">
      {(active || ended) && <Button onClick={() => ask("roll-back")}>Roll back</Button>}
      {active && <Button onClick={() => ask("deactivate")}>Deactivate</Button>}
      <Button onClick={() => ask("backtest")}>Try on the past</Button>
      <Button onClick={() => go(policyPath(policy.id, "edit"))}>Edit</Button>
      <Button variant="primary" onClick={() => ask("activate")}>
        Activate
      </Button>
      {asking === "activate" && <ActivateVersion policy={policy} onClose={close} refresh={refresh} />}
      {(asking === "roll-back" || asking === "deactivate") && (
        <StepBack policy={policy} step={asking} onClose={close} refresh={refresh} />
      )}
      {asking === "backtest" && <StartBacktest policy={policy} onClose={close} />}
    </span>
  );
}
