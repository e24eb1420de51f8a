import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { ActDialog } from "../../parts/act-dialog.tsx";
import { Age } from "../../parts/age.tsx";
import { dayText } from "../../parts/charts/chart-words.ts";
import { useNow } from "../../parts/now.ts";
import { RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Section } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { ROLE_TITLES } from "../../session/role-titles.ts";
import { CreateKey } from "./create-key.tsx";

type Key = AnswerOf<"list-keys">["keys"][number];

/** With what machines call the API. */
export function KeysSection() {
  const shown = useAnswer("list-keys", {});
  const now = useNow();
  const [creating, create] = useState(false);
  const [revoking, revoke] = useState<Key>();
  const isOver = ({ revokedAt, expiresAt }: Key): boolean =>
    revokedAt !== undefined || (expiresAt !== undefined && Date.parse(expiresAt) <= now);
  return (
    <Section title="API keys">
      <div className="settings-head">
        <p className="settings-line quiet">
          For platforms and programs. A key’s token is shown once, when it is made, and stored nowhere.
        </p>
        <Button variant="primary" onClick={() => create(true)}>
          Make a key
        </Button>
      </div>
      <Asked shown={shown}>
        {({ keys }) =>
          keys.length === 0 ? (
            <Empty title="There is no key yet" />
          ) : (
            <RowTable
              caption="API keys"
              columns={[
                { head: "Key", cell: ({ id }) => <code>key:{id}</code> },
                {
                  head: "Role",
                  cell: ({ role, brands }) => (
                    <>
                      {ROLE_TITLES[role].title}
                      {brands && (
                        <span className="quiet">
                          {" "}
                          of <SafeInline text={brands.join(", ")} />
                        </span>
                      )}
                    </>
                  ),
                },
                { head: "Made", cell: ({ createdAt }) => <Age since={createdAt} ago /> },
                {
                  head: "Ends",
                  cell: ({ expiresAt }) =>
                    expiresAt === undefined ? <span className="quiet">never</span> : dayText(expiresAt),
                },
                {
                  head: "State",
                  cell: (key) =>
                    key.revokedAt !== undefined ? (
                      <Badge color="red">revoked</Badge>
                    ) : isOver(key) ? (
                      <Badge color="grey">over</Badge>
                    ) : (
                      <Badge color="green">works</Badge>
                    ),
                },
                {
                  head: "Change",
                  cell: (key) =>
                    !isOver(key) && (
                      <Button variant="inline-link" ariaLabel={`Revoke key:${key.id}`} onClick={() => revoke(key)}>
                        Revoke
                      </Button>
                    ),
                },
              ]}
              rows={keys}
              keyOf={({ id }) => id}
            />
          )
        }
      </Asked>
      {creating && <CreateKey onClose={() => create(false)} />}
      {revoking && <RevokeKey of={revoking} onClose={() => revoke(undefined)} />}
    </Section>
  );
}

function RevokeKey({ of: { id, role }, onClose }: { readonly of: Key; onClose(): void }) {
  const { cache } = useApi();
  const { flash } = useFlashes();
  const { act, busy, refused } = useAct("revoke-key");
  const go = async () => {
    const answer = await act({ params: { id } });
    if (!answer.ok) return;
    onClose();
    cache.drop("list-keys");
    flash({ type: "success", content: `key:${id} is revoked.` });
  };
  return (
    <ActDialog
      title={`Revoke key:${id}?`}
      verb="Revoke, for good"
      busy={busy}
      refused={refused}
      onClose={onClose}
      onGo={() => void go()}
    >
      <p>
        Whatever uses this key ({ROLE_TITLES[role].title}) is refused from its next request on. A revoked key never
        works again.
      </p>
    </ActDialog>
  );
}
