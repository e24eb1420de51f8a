import type { TargetView } from "../../../shared/domain/target.ts";
import { grouped } from "./chart-words.ts";
import { LegendItem } from "./legend.tsx";
import "./charts.css";

type RatingPictureProps = Pick<TargetView, "all" | "withoutSuspected" | "suspected">;

const stars = (mean: number | undefined): string => (mean === undefined ? "none" : mean.toFixed(2));

/** A target's ratings with and without the reviews that are consistent with fakery: both means, and each star. */
export function RatingPicture({ all, withoutSuspected, suspected }: RatingPictureProps) {
  const most = Math.max(1, ...all.stars);
  const rows = [5, 4, 3, 2, 1].map((star) => {
    const count = all.stars[star - 1] ?? 0;
    return { star, count, without: withoutSuspected.stars[star - 1] ?? 0 };
  });
  const width = (count: number): string => `${(Math.max(0, count) / most) * 100}%`;
  return (
    <figure className="chart" aria-label="Ratings with and without suspects">
      <dl className="rating-means">
        <Mean title="All reviews" mean={all.mean} count={all.count} />
        <Mean title="Without suspects" mean={withoutSuspected.mean} count={withoutSuspected.count} />
        <div>
          <dt>Consistent with fakery</dt>
          <dd>
            <strong>{grouped(suspected)}</strong> {suspected === 1 ? "review" : "reviews"}
          </dd>
        </div>
      </dl>
      <table className="rating-stars" aria-label="Reviews by stars">
        <thead>
          <tr>
            <th scope="col">Stars</th>
            <td className="rating-bar-head" />
            <th scope="col">All</th>
            <th scope="col">Without suspects</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ star, count, without }) => (
            <tr key={star}>
              <th scope="row">{star}</th>
              <td aria-hidden="true">
                <span className="rating-bar">
                  <i style={{ width: width(without) }} />
                  <i className="suspects" style={{ width: width(count - without) }} />
                </span>
              </td>
              <td>{grouped(count)}</td>
              <td>{grouped(without)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="chart-legend" aria-label="Legend">
        <LegendItem mark="series">reviews without suspects</LegendItem>
        <LegendItem mark="suspect">reviews consistent with fakery</LegendItem>
      </ul>
    </figure>
  );
}

function Mean({
  title,
  mean,
  count,
}: {
  readonly title: string;
  readonly mean: number | undefined;
  readonly count: number;
}) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <strong>{stars(mean)}</strong> {mean !== undefined && "stars "}of {grouped(count)}
      </dd>
    </div>
  );
}
