import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { Age, Countdown, Moment } from "../../parts/age.tsx";
import { counted } from "../../parts/alert-words.ts";
import { Pager } from "../../parts/pager.tsx";
import { RowTable } from "../../parts/row-table.tsx";
import { Section } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { usePages } from "../../parts/use-pages.ts";
import { OneField } from "./fields.tsx";
import { ReplayWindow } from "./replay-window.tsx";

type Delivery = AnswerOf<"list-deliveries">["deliveries"][number];
type State = Delivery["state"];

const EVERY_MS = 15_000;

const CHOICES = [
  ["all", "All"],
  ["waiting", "Waiting"],
  ["delivered", "Delivered"],
  ["failed", "Failed"],
  ["cancelled", "Cancelled"],
] as const satisfies readonly (readonly [State | "all", string])[];

interface DeliveriesProps {
  /** Of the subscription. */
  readonly id: string;
  readonly mayReplay: boolean;
}

/** What was sent to a subscription's receiver, how each attempt went, and sending again. */
export function Deliveries({ id, mayReplay }: DeliveriesProps) {
  const [state, choose] = useState<State | "all">("all");
  const [replaying, replay] = useState(false);
  return (
    <Section title="Deliveries">
      <div className="subscriptions-head">
        <div className="subscriptions-state">
          <OneField<State | "all"> label="State" error={undefined} all={CHOICES} value={state} onChange={choose} />
        </div>
        {mayReplay && <Button onClick={() => replay(true)}>Replay a window</Button>}
      </div>
      <Log key={state} id={id} state={state} mayReplay={mayReplay} />
      {replaying && <ReplayWindow id={id} onClose={() => replay(false)} />}
    </Section>
  );
}

function Log({ id, state, mayReplay }: DeliveriesProps & { readonly state: State | "all" }) {
  const pages = usePages();
  const shown = useAnswer(
    "list-deliveries",
    {
      params: { id },
      query: {
        ...(state !== "all" && { state }),
        ...(pages.cursor !== undefined && { cursor: pages.cursor }),
        limit: "20",
      },
    },
    { every: EVERY_MS },
  );
  return (
    <Asked shown={shown}>
      {({ deliveries, cursor }) => (
        <>
          {deliveries.length > 0 ? (
            <RowTable<Delivery>
              caption="Deliveries"
              columns={[
                { head: "Made", cell: ({ createdAt }) => <Age since={createdAt} ago /> },
                {
                  head: "Tells of",
                  cell: ({ type }) => <span className="subscriptions-whole">{typeWords(type)}</span>,
                },
                { head: "State", cell: (one) => <DeliveryState delivery={one} /> },
                { head: "Attempts", cell: (one) => <Attempts delivery={one} /> },
                { head: "Again", cell: (one) => mayReplay && one.state !== "waiting" && <Replay delivery={one} /> },
              ]}
              rows={deliveries}
              keyOf={(one) => one.id}
            />
          ) : (
            <Empty title={cursor === undefined ? "Nothing was sent" : "Nothing that fits, so far"}>
              {cursor === undefined
                ? state === "all"
                  ? "Nothing in the last 30 days."
                  : "No delivery of the last 30 days is in this state."
                : "The log was looked through as far as one request goes: look at what is older."}
            </Empty>
          )}
          <Pager of="deliveries" pages={pages} next={cursor} />
        </>
      )}
    </Asked>
  );
}

/** `alerts.after_quiet` as words. */
const typeWords = (type: Delivery["type"]): string => type.replace(/[._]/g, " ");

const COLOURS = { waiting: "blue", delivered: "green", failed: "red", cancelled: "grey" } as const;

const DeliveryState = ({ delivery: { state, means, nextAt } }: { readonly delivery: Delivery }) => (
  <>
    <span className="subscriptions-whole">
      <Badge color={COLOURS[state]}>{state}</Badge>
    </span>
    {state === "waiting" && nextAt !== undefined && (
      <span>
        {" "}
        tried in <Countdown until={nextAt} over="a moment" />
      </span>
    )}
    {means !== undefined && <div>{means}</div>}
  </>
);

function Attempts({ delivery: { attempts } }: { readonly delivery: Delivery }) {
  if (attempts.length === 0) return <span className="quiet">none yet</span>;
  return (
    <details>
      <summary>{counted(attempts.length, "attempt")}</summary>
      <ol className="subscriptions-list">
        {attempts.map(({ at, ms, means }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no identity but their place
          <li key={index}>
            <span className="quiet">
              <Moment at={at} />, {ms} ms:
            </span>{" "}
            {means}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Replay({ delivery: { id, type } }: { readonly delivery: Delivery }) {
  const { cache } = useApi();
  const { flash } = useFlashes();
  const { act, busy } = useAct("replay-delivery");
  const go = async () => {
    const answer = await act({ params: { id }, body: {} });
    if (!answer.ok) {
      flash({ type: "error", content: `Not sent again. ${answer.problem.title}: ${answer.problem.detail}` });
      return;
    }
    cache.drop("list-deliveries");
    flash({ type: "success", content: "It is on its way again." });
  };
  return (
    <Button
      variant="inline-link"
      wrapText={false}
      disabled={busy}
      ariaLabel={`Replay: ${typeWords(type)}`}
      onClick={() => void go()}
    >
      Replay
    </Button>
  );
}
