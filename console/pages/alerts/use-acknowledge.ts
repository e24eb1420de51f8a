import { useApi } from "../../api/api-context.tsx";
import { useAct } from "../../api/use-act.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { refusalWords } from "../../parts/refusal-words.ts";
import { useMe } from "../../session/me.tsx";
import type { Alert } from "./alert-words.ts";

/** @returns what says that somebody sees to an alert; the first who says so stays. */
export function useAcknowledge() {
  const me = useMe();
  const { cache } = useApi();
  const { flash } = useFlashes();
  const { act, busy } = useAct("acknowledge-alert");
  const may = ({ mustAcknowledge }: Alert): boolean => mustAcknowledge && me.may("acknowledge-alert");
  const acknowledge = async ({ id }: Pick<Alert, "id">): Promise<void> => {
    const answer = await act({ params: { id } });
    if (!answer.ok) {
      flash({ type: "error", content: `Not acknowledged. ${refusalWords(answer)}` });
      return;
    }
    cache.drop("list-alerts");
    cache.drop("get-alert", { params: { id } });
    const by = answer.value.acknowledged?.by;
    flash(
      me.is(by)
        ? { type: "success", content: "Acknowledged: nobody else is told of it." }
        : { type: "info", content: `${by ?? "Somebody"} had acknowledged it already.` },
    );
  };
  return { may, busy, acknowledge };
}
