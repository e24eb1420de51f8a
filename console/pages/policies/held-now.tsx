import Alert from "@cloudscape-design/components/alert";
import { useAnswer } from "../../api/use-answer.ts";
import { Go } from "../../parts/go.tsx";

/** Says that the flood breaker holds something, where it does: policies then do less than they say. */
export function HeldNow() {
  const { value } = useAnswer("list-quarantines", {}, { fresh: 30_000 });
  const count = value?.quarantines.filter(({ effect }) => effect === "flag").length ?? 0;
  if (count === 0) return null;
  return (
    <div className="policy-held">
      <Alert type="warning" statusIconAriaLabel="Warning">
        The flood breaker holds {count === 1 ? "a rule or label" : `${count} rules or labels`} at “flag” now.{" "}
        <Go to="/floods">See what and why</Go>
      </Alert>
    </div>
  );
}
