import Badge from "@cloudscape-design/components/badge";
import { Age, Countdown } from "../../parts/age.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import type { Alert } from "./alert-words.ts";

/** Whether an alert must be acknowledged and until when, or who did so; nothing where nobody has to. */
export function DutyLine({
  alert: { mustAcknowledge, acknowledgeBy, acknowledged, escalations },
}: {
  readonly alert: Alert;
}) {
  if (!mustAcknowledge && !acknowledged) return null;
  return (
    <span className="alerts-duty">
      {acknowledged ? (
        <span>
          acknowledged by <SafeInline text={acknowledged.by} /> <Age since={acknowledged.at} ago />
        </span>
      ) : (
        <>
          <Badge color="red">not acknowledged</Badge>{" "}
          {acknowledgeBy !== undefined && (
            <strong>
              <Countdown until={acknowledgeBy} over="overdue" after=" left" />
            </strong>
          )}
        </>
      )}
      {escalations > 0 && (
        <span className="quiet"> passed on {escalations === 1 ? "once" : `${escalations} times`}</span>
      )}
    </span>
  );
}
