import { useApi } from "../../api/api-context.tsx";
import { useAct } from "../../api/use-act.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { ActDialog } from "../../parts/act-dialog.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import type { Member } from "./members-section.tsx";

/** Removes a member, who is out with their next request. */
export function RemoveMember({ member: { id }, onClose }: { readonly member: Member; onClose(): void }) {
  const { cache } = useApi();
  const { flash } = useFlashes();
  const { act, busy, refused } = useAct("remove-member");
  const remove = async () => {
    const answer = await act({ params: { id } });
    if (!answer.ok) return;
    onClose();
    cache.drop("list-members");
    flash({ type: "success", content: `${id} is a member no longer.` });
  };
  return (
    <ActDialog
      title={`Remove ${id}?`}
      verb="Remove"
      busy={busy}
      refused={refused}
      onClose={onClose}
      onGo={() => void remove()}
    >
      <p>
        <SafeInline text={id} /> is out with the next request. What they did stays in the log under this name, so give
        it to nobody else. To keep somebody out for a while, suspend them instead.
      </p>
    </ActDialog>
  );
}
