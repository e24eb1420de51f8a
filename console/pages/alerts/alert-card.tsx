import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import { Age } from "../../parts/age.tsx";
import { counted, PLACE_WORDS } from "../../parts/alert-words.ts";
import { Go } from "../../parts/go.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { type Alert, labelTitle } from "./alert-words.ts";
import { DutyLine } from "./duty-line.tsx";

interface AlertCardProps {
  readonly alert: Alert;
  readonly busy: boolean;
  /** Undefined where it need not be acknowledged, or not by this person. */
  readonly acknowledge: (() => void) | undefined;
}

const MOST_LABELS = 5;

/** An alert of the inbox: what happened, how much, and whether somebody has to see to it. */
export function AlertCard({ alert, busy, acknowledge }: AlertCardProps) {
  const { id, headline, state, subscription, place, openedAt, tally } = alert;
  const labels = Object.entries(tally.labels).sort(([, one], [, other]) => other - one);
  return (
    <div className="alerts-card" data-alert={id}>
      <h2>
        <Go to={`/alerts/${id}`}>
          <SafeInline text={headline} />
        </Go>
      </h2>
      <p className="card-line">
        <DutyLine alert={alert} />
        <Badge color={state === "open" ? "blue" : "grey"}>{state === "open" ? "going on" : "ended"}</Badge>
        <span>
          <SafeInline text={subscription.name} />
        </span>
        <span className="quiet">{PLACE_WORDS[place]}</span>
        <span className="quiet">
          began <Age since={openedAt} ago />
          {tally.count > 1 && (
            <>
              , latest <Age since={tally.lastAt} ago />
            </>
          )}
        </span>
      </p>
      {/* Of a single event the headline has said them. */}
      {tally.count > 1 && labels.length > 0 && (
        <ul className="label-badges" aria-label="Labels">
          {labels.slice(0, MOST_LABELS).map(([label, count]) => (
            <li key={label} className="label-badge">
              {labelTitle(label)} <span className="quiet">{counted(count, "item")}</span>
            </li>
          ))}
          {labels.length > MOST_LABELS && <li className="quiet">and {labels.length - MOST_LABELS} more</li>}
        </ul>
      )}
      {acknowledge && (
        <div>
          <Button disabled={busy} onClick={acknowledge} ariaLabel={`Acknowledge: ${headline}`}>
            Acknowledge
          </Button>
        </div>
      )}
    </div>
  );
}
