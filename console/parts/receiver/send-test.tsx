import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import { useEffect, useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Failed } from "../states.tsx";

const LOOK_MS = 2_000;

/** Sends a receiver a test, and says how that went. */
export function SendTest({ id }: { readonly id: string }) {
  const { cache } = useApi();
  const { act, busy, refused } = useAct("test-subscription");
  const [sent, setSent] = useState<string>();
  const send = async () => {
    setSent(undefined);
    const answer = await act({ params: { id }, body: {} });
    if (answer.ok) setSent(answer.value.id);
    cache.drop("list-deliveries");
  };
  return (
    <>
      <Button loading={busy} onClick={() => void send()}>
        Send a test
      </Button>
      {refused && (
        <div className="receiver-test">
          <Failed refused={refused} />
        </div>
      )}
      <div role="status" className="receiver-test">
        {sent && <TestResult key={sent} id={sent} />}
      </div>
    </>
  );
}

function TestResult({ id }: { readonly id: string }) {
  const { cache } = useApi();
  const [isOver, end] = useState(false);
  const shown = useAnswer("get-delivery", { params: { id } }, isOver ? { fresh: 60_000 } : { every: LOOK_MS });
  const test = shown.value;
  const went = test !== undefined && test.state !== "waiting";
  useEffect(() => {
    if (!went) return;
    end(true);
    cache.drop("list-deliveries");
    cache.drop("get-endpoint");
  }, [went, cache]);
  if (!test && shown.refused) return <Failed refused={shown.refused} onRetry={shown.refresh} />;
  if (!went) return "The test is on its way…";
  const last = test.attempts.at(-1);
  if (test.state === "delivered")
    return (
      <>
        <Badge color="green">the test arrived</Badge> {last && `after ${last.ms} ms`}
      </>
    );
  return (
    <>
      <Badge color="red">the test did not arrive</Badge> {last?.means ?? test.means}
    </>
  );
}
