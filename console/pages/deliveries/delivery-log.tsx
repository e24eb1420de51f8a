import Button from "@cloudscape-design/components/button";
import { useAnswer } from "../../api/use-answer.ts";
import { Age } from "../../parts/age.tsx";
import { Go } from "../../parts/go.tsx";
import { useNow } from "../../parts/now.ts";
import { Pager } from "../../parts/pager.tsx";
import { deliveryPath } from "../../parts/paths.ts";
import { RowTable } from "../../parts/row-table.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { usePages } from "../../parts/use-pages.ts";
import { NextAttempt, StateBadge, WhatHappened } from "./delivery-parts.tsx";
import type { State } from "./delivery-query.ts";
import { againWords, type Delivery, typeWords } from "./delivery-words.ts";
import { useReplay } from "./use-replay.ts";

const EVERY_MS = 15_000;

interface DeliveryLogProps {
  /** Of the subscription. */
  readonly id: string;
  readonly state: State | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly mayReplay: boolean;
  /** Undefined where nothing narrows. */
  readonly clear: (() => void) | undefined;
}

/** What was sent to a subscription's receiver, how it went, and why not. Give it another `key` for another query. */
export function DeliveryLog({ id, state, since, until, mayReplay, clear }: DeliveryLogProps) {
  const pages = usePages();
  const { cursor } = pages;
  const { replay, busy } = useReplay();
  const now = useNow();
  const narrowed = {
    ...(state !== undefined && { state }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  };
  const shown = useAnswer(
    "list-deliveries",
    { params: { id }, query: { ...narrowed, ...(cursor !== undefined && { cursor }), limit: "25" } },
    { every: EVERY_MS },
  );
  return (
    <Asked shown={shown}>
      {({ deliveries, cursor: next }) => (
        <>
          {deliveries.length > 0 ? (
            <RowTable<Delivery>
              caption="Deliveries"
              columns={[
                {
                  head: "Tells of",
                  cell: ({ id: of, type }) => <Go to={deliveryPath(of)}>{typeWords(type)}</Go>,
                },
                { head: "Made", cell: ({ createdAt }) => <Age since={createdAt} ago /> },
                {
                  head: "State",
                  cell: (one) => (
                    <>
                      <StateBadge delivery={one} />{" "}
                      <span className="quiet">
                        <NextAttempt delivery={one} />
                      </span>
                    </>
                  ),
                },
                { head: "Attempts", cell: ({ attempts }) => attempts.length, isFigure: true },
                { head: "What happened", cell: (one) => <WhatHappened delivery={one} /> },
                {
                  head: "Again",
                  cell: (one) => {
                    const again = mayReplay ? againWords(one, now) : undefined;
                    return (
                      again !== undefined && (
                        <Button
                          variant="inline-link"
                          wrapText={false}
                          disabled={busy}
                          ariaLabel={`${again}: ${typeWords(one.type)}`}
                          onClick={() => void replay(one)}
                        >
                          {again}
                        </Button>
                      )
                    );
                  },
                },
              ]}
              rows={deliveries}
              keyOf={(one) => one.id}
            />
          ) : next === undefined ? (
            <Empty
              title={clear ? "No delivery fits" : "Nothing was sent"}
              action={clear && <Button onClick={clear}>Clear the filters</Button>}
            >
              {clear ? "None of the last 30 days is in this state and of this time." : "Nothing in the last 30 days."}
            </Empty>
          ) : (
            <Empty title="Nothing that fits, so far">
              The log was looked through as far as one request goes: look at what is older.
            </Empty>
          )}
          <Pager of="deliveries" pages={pages} next={next} />
        </>
      )}
    </Asked>
  );
}
