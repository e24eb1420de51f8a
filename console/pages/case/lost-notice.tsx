import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { useSyncExternalStore } from "react";
import { SafeInline } from "../../parts/safe-text.tsx";
import { useMe } from "../../session/me.tsx";
import type { CaseWork } from "./case-work.ts";
import { listenToOutbox, unsent } from "./outbox.ts";

/** What got in the way: no connection, a claim that is over, somebody who was faster. What was written stays. */
export function LostNotice({ work: { record, lease, draft, readAgain } }: { readonly work: CaseWork }) {
  const waiting = useSyncExternalStore(listenToOutbox, unsent).find(({ caseId }) => caseId === record.id);
  const hasWords = draft.outcome !== undefined || draft.note !== "" || draft.forOthers !== "";
  const kept = hasWords ? " What you wrote is kept." : "";
  if (waiting)
    return (
      <Notice type="warning" header="Not sent yet: no connection">
        Your decision is kept and sent again by itself, with the same id, so that it is made once. You can go on with{" "}
        <kbd>n</kbd>. Tried {waiting.tries === 1 ? "once" : `${waiting.tries} times`}.
      </Notice>
    );
  if (record.state !== "open") return <DecidedMeanwhile record={record} kept={kept} />;
  if (lease.state === "over")
    return (
      <Notice
        type="warning"
        header="Your claim is over"
        action={
          <Button loading={lease.busy} onClick={() => void lease.take()}>
            Take it again
          </Button>
        }
      >
        Nobody else has taken the case as far as is known.{kept}
      </Notice>
    );
  const { lost, claim } = lease;
  if (!lost) return null;
  if (lost.code === "case_claimed" && claim)
    return (
      <Notice type="warning" header="Somebody else has the case now">
        <SafeInline text={claim.by} /> was faster.{kept}
      </Notice>
    );
  return (
    <Notice
      type="warning"
      header={lost.problem.title}
      action={lost.code === "case_changed" && <Button onClick={readAgain}>Read it again</Button>}
    >
      {lost.problem.detail}
      {kept}
    </Notice>
  );
}

function DecidedMeanwhile({ record, kept }: Pick<CaseWork, "record"> & { readonly kept: string }) {
  const me = useMe();
  const by = record.decision?.by;
  if (kept === "" || record.state !== "decided" || by === undefined || me.is(by)) return null;
  return (
    <Notice type="info" header="Decided meanwhile">
      <SafeInline text={by} /> was faster.{kept}
    </Notice>
  );
}

interface NoticeProps {
  readonly type: "warning" | "info";
  readonly header: string;
  readonly action?: React.ReactNode;
  readonly children: React.ReactNode;
}

function Notice({ type, header, action, children }: NoticeProps) {
  return (
    <Alert type={type} header={header} action={action} statusIconAriaLabel={type === "info" ? "Note" : "Warning"}>
      <div role="alert">{children}</div>
    </Alert>
  );
}
