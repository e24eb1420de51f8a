import Button from "@cloudscape-design/components/button";
import { type ReactNode, useState } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { Age, Countdown } from "../age.tsx";
import { type Fact, FactList, Section } from "../section.tsx";
import { Asked, Loading } from "../states.tsx";
import type { Subscription } from "../subscription-words.ts";
import { type Endpoint, EndpointState } from "./endpoint-state.tsx";
import { RotateSecret } from "./rotate-secret.tsx";
import { SendTest } from "./send-test.tsx";
import "./receiver.css";

interface ReceiverProps {
  readonly subscription: Subscription;
  readonly mayChange: boolean;
  /** Said before what is known of its endpoint. */
  readonly facts?: readonly Fact[];
  readonly children?: ReactNode;
}

const EVERY_MS = 15_000;

/** The receiver of a subscription: how it is doing, its signing secrets, and a test. */
export function Receiver({ subscription: { id, document }, mayChange, facts = [], children }: ReceiverProps) {
  const shown = useAnswer("get-endpoint", { params: { id } }, { every: EVERY_MS });
  const [rotating, rotate] = useState(false);
  const isWebhook = document.channel.type === "webhook";
  return (
    <Section title="Receiver">
      <Asked shown={shown} loading={<Loading what="Loading the receiver" lines={2} />}>
        {({ state, failures, failingSince, openUntil, secrets }) => (
          <FactList
            facts={[
              ...facts,
              ["How it does", <EndpointState key="state" state={state} />],
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
      {mayChange && (
        <div className="receiver-acts">
          <SendTest id={id} />
          {isWebhook && <Button onClick={() => rotate(true)}>New signing secret</Button>}
        </div>
      )}
      {children}
      {rotating && <RotateSecret id={id} onClose={() => rotate(false)} />}
    </Section>
  );
}

function Secrets({ secrets }: Pick<Endpoint, "secrets">) {
  if (secrets.length === 0) return <span className="quiet">none yet: make one, and give it to the receiver</span>;
  return (
    <ul className="receiver-secrets">
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
