import { useApi } from "../../api/api-context.tsx";
import { useAct } from "../../api/use-act.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { refusalWords } from "../../parts/refusal-words.ts";
import type { Delivery } from "./delivery-words.ts";

/** @returns what sends one delivery again, and says how that went. */
export function useReplay() {
  const { cache } = useApi();
  const { flash } = useFlashes();
  const { act, busy } = useAct("replay-delivery");
  const replay = async ({ id }: Pick<Delivery, "id">): Promise<void> => {
    const answer = await act({ params: { id }, body: {} });
    cache.drop("list-deliveries");
    cache.drop("get-delivery", { params: { id } });
    if (answer.ok) {
      flash({ type: "success", content: "It is on its way again." });
      return;
    }
    flash({ type: "error", content: `Not sent again. ${refusalWords(answer)}` });
  };
  return { replay, busy };
}
