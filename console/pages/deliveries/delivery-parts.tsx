import Badge from "@cloudscape-design/components/badge";
import { Age, Countdown, Moment } from "../../parts/age.tsx";
import { counted } from "../../parts/alert-words.ts";
import { type Delivery, failuresOf, STATE_WORDS } from "./delivery-words.ts";

const COLOURS = { waiting: "blue", delivered: "green", failed: "red", cancelled: "grey" } as const;

interface OfDelivery {
  readonly delivery: Delivery;
}

export const StateBadge = ({ delivery: { state } }: OfDelivery) => (
  <span className="whole">
    <Badge color={COLOURS[state]}>{STATE_WORDS[state].toLowerCase()}</Badge>
  </span>
);

/** When it is tried next; nothing where it is over. */
export function NextAttempt({ delivery: { state, nextAt, attempts } }: OfDelivery) {
  if (state !== "waiting") return null;
  if (nextAt === undefined) return attempts.length === 0 ? "first attempt: in a moment" : "next attempt: in a moment";
  return (
    <span>
      next attempt: <Countdown until={nextAt} over="in a moment" />
    </span>
  );
}

/** Why it is not there: what was concluded, and what the latest attempt met; what came before opens. */
export function WhatHappened({ delivery }: OfDelivery) {
  const { state, means, attempts } = delivery;
  const [latest, ...before] = failuresOf(delivery);
  const last = attempts.at(-1);
  if (state === "delivered" && !latest)
    return <span className="quiet">{last ? `taken after ${last.ms.toLocaleString()} ms` : "taken"}</span>;
  if (!latest) return means ?? <span className="quiet">{state === "waiting" ? "not tried yet" : "not tried"}</span>;
  return (
    <>
      {means !== undefined && means !== latest.means && <div>{means}</div>}
      <div>
        {latest.means}{" "}
        <span className="quiet">
          (<Age since={latest.at} ago />)
        </span>
      </div>
      {state === "delivered" && <div className="quiet">Then it was taken.</div>}
      {before.length > 0 && (
        <details>
          <summary>{counted(before.length, "failure")} before</summary>
          <ol className="deliveries-attempts">
            {before.map(({ at, means: why }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no identity but their place
              <li key={index}>
                <span className="quiet">
                  <Moment at={at} />:
                </span>{" "}
                {why}
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}
