import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAct } from "../../api/use-act.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { escalations } from "../../facts/settings.ts";
import { Empty, Failed } from "../../parts/states.tsx";
import { QueueCard } from "./queue-card.tsx";
import { draftsOf, moved, newQueue, type QueueDraft, queuesOf } from "./routing-draft.ts";

type Queues = AnswerOf<"list-queues">;

interface QueuesEditorProps {
  /** The queues as they were when one began. */
  readonly begun: Queues;
  /** Begins anew from these. */
  restart(queues: Queues): void;
}

/** Queues that nobody made: where escalated cases wait, and the default one as long as it has no rules. */
const fixedOf = ({ queues }: Queues): string[] => [
  escalations,
  ...queues.flatMap(({ name, rules, skill }) => (name === "default" && rules.length === 0 && !skill ? [name] : [])),
];

/** Changes the queues as a whole: their order decides, so one saves all of them at once. */
export function QueuesEditor({ begun, restart }: QueuesEditorProps) {
  const { call, cache } = useApi();
  const { flash } = useFlashes();
  const { act, busy, refused, clear } = useAct("set-queues");
  const [first] = useState(() => draftsOf(begun.queues, fixedOf(begun)));
  const [drafts, setDrafts] = useState<readonly QueueDraft[]>(first);
  const [loading, setLoading] = useState(false);
  const same = JSON.stringify(queuesOf(drafts)) === JSON.stringify(queuesOf(first));
  const isLate = refused?.code === "queues_changed";
  const change = (next: readonly QueueDraft[]) => {
    setDrafts(next);
    if (!isLate) clear();
  };
  const save = async (version: number) => {
    const answer = await act({ body: { version, queues: queuesOf(drafts) } });
    if (!answer.ok) return;
    flash({ type: "success", content: "The queues are saved; they hold within half a minute." });
    await theirs();
  };
  /** The queues as they are now. */
  const read = async (): Promise<Queues | undefined> => {
    setLoading(true);
    const answer = await call("list-queues", {});
    setLoading(false);
    if (answer.ok) return answer.value;
    flash({ type: "error", content: answer.problem.detail });
    return undefined;
  };
  const theirs = async () => {
    const now = await read();
    if (!now) return;
    cache.drop("list-queues");
    restart(now);
  };
  const mine = async () => {
    const now = await read();
    if (now) await save(now.version);
  };
  return (
    <>
      {drafts.length === 0 ? (
        <Empty title="There are the queues default and escalations only">
          Every case waits where the policy says. Add a queue to gather some of them.
        </Empty>
      ) : (
        <ol className="settings-queues">
          {drafts.map((draft, index) => (
            <li key={draft.key}>
              <QueueCard
                draft={draft}
                index={index}
                count={drafts.length}
                refused={isLate ? undefined : refused}
                waiting={begun.queues.find(({ name }) => name === draft.name)?.lanes}
                onChange={(next) => change(drafts.map((one) => (one.key === next.key ? next : one)))}
                onMove={(step) => change(moved(drafts, index, step))}
                onRemove={() => change(drafts.filter((one) => one.key !== draft.key))}
              />
            </li>
          ))}
        </ol>
      )}
      <div>
        <Button iconName="add-plus" onClick={() => change([...drafts, newQueue()])}>
          Add a queue
        </Button>
      </div>
      <div className="settings-save">
        <div className="settings-refused">
          {isLate && (
            <Alert
              type="warning"
              header="Somebody changed the queues meanwhile"
              statusIconAriaLabel="Warning"
              action={
                <span className="button-row">
                  <Button loading={loading} onClick={() => void theirs()}>
                    Take theirs
                  </Button>
                  <Button loading={loading || busy} onClick={() => void mine()}>
                    Put mine in their place
                  </Button>
                </span>
              }
            >
              <div role="alert">
                Nothing of yours was saved. Take theirs, and what you changed here is gone; or keep yours.
              </div>
            </Alert>
          )}
          {refused && !isLate && <OtherFaults refused={refused} />}
        </div>
        <span className="quiet">{same ? "Nothing is changed." : "There are changes that are not saved."}</span>
        <span className="button-row">
          <Button disabled={same} onClick={() => change(first)}>
            Begin anew
          </Button>
          <Button variant="primary" disabled={same || isLate} loading={busy} onClick={() => void save(begun.version)}>
            Save the queues
          </Button>
        </span>
      </div>
    </>
  );
}

/** Faults that no field of a queue shows. */
function OtherFaults({
  refused,
}: {
  readonly refused: NonNullable<ReturnType<typeof useAct<"set-queues">>["refused"]>;
}) {
  const errors = refused.problem.errors ?? [];
  const left = errors.filter(({ pointer }) => !/^\/queues\/\d+/.test(pointer));
  if (errors.length > 0 && left.length === 0)
    return (
      <Alert type="error" statusIconAriaLabel="Error">
        <div role="alert">Nothing was saved: see what is marked above.</div>
      </Alert>
    );
  return <Failed refused={{ ...refused, problem: { ...refused.problem, errors: left } }} />;
}
