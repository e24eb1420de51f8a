import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Age, Countdown } from "../../parts/age.tsx";
import { FactList, Section } from "../../parts/section.tsx";
import { Asked, Failed, Loading } from "../../parts/states.tsx";
import { RotateSecret } from "./rotate-secret.tsx";
import type { Subscription } from "./subscription-draft.ts";

interface ReceiverProps {
  readonly subscription: Subscription;
  readonly mayChange: boolean;
}

/** How the receiver is doing, its signing secrets, and a test. */
export function Receiver({ subscription: { id, document }, mayChange }: ReceiverProps) {
  const shown = useAnswer("get-endpoint", { params: { id } });
  const [rotating, rotate] = useState(false);
  const isWebhook = document.channel.type === "webhook";
  return (
    <Section title="Receiver">
      <Asked shown={shown} loading={<Loading what="Loading the receiver" lines={2} />}>
        {({ state, failures, failingSince, openUntil, secrets }) => (
          <FactList
            facts={[
              ["How it does", <EndpointBadge key="state" state={state} />],
              ["Failures in a row", failures > 0 ? failures : undefined],
              ["Failing since", failingSince && <Age key="since" since={failingSince} ago />],
              [
                "Tried again in",
                openUntil && state === "open" ? <Countdown key="until" until={openUntil} over="a moment" /> : undefined,
              ],
              ["Signing secret", isWebhook ? <Secrets key="secrets" secrets={secrets} /> : undefined],
            ]}
          />
        )}
      </Asked>
      {mayChange && isWebhook && (
        <div>
          <Button onClick={() => rotate(true)}>New signing secret</Button>
        </div>
      )}
      {mayChange && <SendTest id={id} />}
      {rotating && <RotateSecret id={id} onClose={() => rotate(false)} />}
    </Section>
  );
}

type Endpoint = AnswerOf<"get-endpoint">;

const STATES = {
  well: ["green", "well"],
  slow: ["blue", "slow to answer"],
  failing: ["red", "failing"],
  open: ["red", "failing: nothing is sent for now"],
} as const;

function EndpointBadge({ state }: Pick<Endpoint, "state">) {
  const [color, words] = STATES[state];
  return <Badge color={color}>{words}</Badge>;
}

function Secrets({ secrets }: Pick<Endpoint, "secrets">) {
  if (secrets.length === 0) return "none yet: it is made with the first message, or now";
  return (
    <ul className="subscriptions-list">
      {secrets.map(({ since, until }) => (
        <li key={since}>
          made <Age since={since} ago />
          {until !== undefined && (
            <>
              , signs for another <Countdown until={until} over="moment" />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

const LOOK_MS = 2_000;

function SendTest({ id }: { readonly id: string }) {
  const { cache } = useApi();
  const { act, busy, refused } = useAct("test-subscription");
  const [sent, setSent] = useState<AnswerOf<"test-subscription">>();
  const send = async () => {
    const answer = await act({ params: { id }, body: {} });
    if (!answer.ok) return;
    setSent(answer.value);
    cache.drop("list-deliveries");
  };
  return (
    <>
      <div>
        <Button loading={busy} onClick={() => void send()}>
          Send a test
        </Button>
      </div>
      {refused && <Failed refused={refused} />}
      {sent && <TestResult key={sent.id} id={sent.id} />}
    </>
  );
}

function TestResult({ id }: { readonly id: string }) {
  const [isOver, end] = useState(false);
  const shown = useAnswer("get-delivery", { params: { id } }, isOver ? { fresh: 60_000 } : { every: LOOK_MS });
  const test = shown.value;
  if (test && test.state !== "waiting" && !isOver) end(true);
  const last = test?.attempts.at(-1);
  return (
    <div role="status">
      {shown.refused && !test && <Failed refused={shown.refused} onRetry={shown.refresh} />}
      {test?.state === "delivered" && (
        <p className="subscriptions-line">
          <Badge color="green">the test arrived</Badge> {last && `after ${last.ms} ms`}
        </p>
      )}
      {(test?.state === "failed" || test?.state === "cancelled") && (
        <p className="subscriptions-line">
          <Badge color="red">the test did not arrive</Badge> {last?.means ?? test.means}
        </p>
      )}
      {(!test || test.state === "waiting") && !shown.refused && (
        <p className="subscriptions-line">The test is on its way…</p>
      )}
    </div>
  );
}
