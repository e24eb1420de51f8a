import type { Answered } from "../../api/answered.ts";
import { useApi } from "../../api/api-context.tsx";
import type { AnswerOf } from "../../api/route-types.ts";
import { useFlashes } from "../../app/flashes.tsx";

type Standing = AnswerOf<"activate-policy">;

const decides = ({ id, active }: Standing): string =>
  active ? `Version ${active.version} of ${id} decides` : `${id} decides nothing any more`;

/** @returns what tells of a change of what decides, and has pages ask again. */
export function useStanding(refresh: () => void): (answer: Answered<Standing>, said?: string) => boolean {
  const { cache } = useApi();
  const { flash } = useFlashes();
  return (answer, said) => {
    if (!answer.ok) return false;
    cache.drop("list-policies");
    refresh();
    const { changed, hiddenBy } = answer.value;
    if (!changed) flash({ type: "info", content: "It was so already; nothing was changed." });
    else if (hiddenBy !== undefined)
      flash({
        type: "warning",
        seconds: 0,
        content: `${decides(answer.value)}, but no item reaches it: ${hiddenBy} is nearer to everything that it is for.`,
      });
    else flash({ type: "success", content: said ?? `${decides(answer.value)}; everywhere within a minute.` });
    return true;
  };
}
