import { useAnswer } from "../../api/use-answer.ts";
import { RatingPicture } from "../../parts/charts/rating-picture.tsx";
import { Go } from "../../parts/go.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Asked } from "../../parts/states.tsx";

const FRESH = 60_000;
/** Unusual times that are shown, the latest. */
const MOST_WINDOWS = 3;

/** What a review is about: its ratings with and without those that are consistent with fakery. */
export function TargetPicture({ id }: { readonly id: string }) {
  const shown = useAnswer("get-target", { params: { id } }, { fresh: FRESH });
  return (
    <section aria-label="The target">
      <h3>
        About{" "}
        <Go to={`/targets/${encodeURIComponent(id)}`}>
          <SafeInline text={id} />
        </Go>
      </h3>
      <Asked shown={shown}>
        {(target) => (
          <>
            <RatingPicture {...target} />
            {target.windows.length > 0 && (
              <>
                <h4>Unusual days</h4>
                <ul className="case-list">
                  {target.windows.slice(-MOST_WINDOWS).map(({ from, to, why }) => (
                    <li key={`${from} ${to}`}>
                      <strong>{from === to ? from : `${from} to ${to}`}</strong>: {why.join(" ")}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </Asked>
    </section>
  );
}
