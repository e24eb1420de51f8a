import type { AnswerOf } from "../../api/route-types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Go } from "../../parts/go.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Asked } from "../../parts/states.tsx";

type Ratings = AnswerOf<"get-target">["all"];

const FRESH = 60_000;

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
        {({ all, withoutSuspected, suspected, windows }) => (
          <>
            <p>
              {suspected} of {all.count} reviews are consistent with fakery.
            </p>
            <RatingTable all={all} without={withoutSuspected} />
            {windows.length > 0 && (
              <>
                <h4>Unusual days</h4>
                <ul className="windows">
                  {windows.slice(-3).map(({ from, to, why }) => (
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

const meanOf = ({ mean }: Ratings): string => (mean === undefined ? "none" : mean.toFixed(2));

function RatingTable({ all, without }: { readonly all: Ratings; readonly without: Ratings }) {
  const most = Math.max(1, ...all.stars);
  return (
    <table className="ratings">
      <caption className="unseen">Ratings, all of them and without those consistent with fakery</caption>
      <thead>
        <tr>
          <th scope="col">Stars</th>
          <th scope="col">All</th>
          <th scope="col">Without suspects</th>
        </tr>
      </thead>
      <tbody>
        {[5, 4, 3, 2, 1].map((stars) => (
          <tr key={stars}>
            <th scope="row">{stars}</th>
            <td>
              <Bar value={all.stars[stars - 1] ?? 0} most={most} kind="all" />
            </td>
            <td>
              <Bar value={without.stars[stars - 1] ?? 0} most={most} kind="without" />
            </td>
          </tr>
        ))}
        <tr>
          <th scope="row">Mean</th>
          <td>{meanOf(all)}</td>
          <td>{meanOf(without)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function Bar({ value, most, kind }: { readonly value: number; readonly most: number; readonly kind: string }) {
  return (
    <span className="rating-bar" data-kind={kind}>
      <i style={{ inlineSize: `${(value / most) * 100}%` }} />
      <span>{value}</span>
    </span>
  );
}
