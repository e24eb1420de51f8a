import { useMemo } from "react";
import { followOrderPlot } from "../../../shared/plots/follow-order-plot.ts";
import { followSeriesPlot } from "../../../shared/plots/follow-series-plot.ts";
import { KIND_NAMES } from "../../../shared/plots/plot-frame.ts";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { moment, percent } from "../../parts/duration.ts";
import { Go } from "../../parts/go.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Asked } from "../../parts/states.tsx";

type Audience = AnswerOf<"get-audience">;

const FRESH = 60_000;

/** An account's following: what it is consistent with, the two plots, and the same as a table. Never how large it is. */
export function AudiencePicture({ account }: { readonly account: string }) {
  const shown = useAnswer("get-audience", { params: { id: account } }, { fresh: FRESH });
  return (
    <section aria-label="The following">
      <h3>
        Following of{" "}
        <Go to={`/audiences/${encodeURIComponent(account)}`}>
          <SafeInline text={account} />
        </Go>
      </h3>
      <Asked shown={shown}>{(audience) => <Pictures audience={audience} />}</Asked>
    </section>
  );
}

function Pictures({ audience: { assessment, history, notes } }: { readonly audience: Audience }) {
  const { account, windows, fakeShare } = assessment;
  const plots = useMemo(
    () =>
      history && [
        { title: "New followers by hour", svg: followSeriesPlot({ account, hours: history.hours, windows }) },
        {
          title: "Order of following against age of account",
          svg: followOrderPlot({ account, order: history.order, windows }),
        },
      ],
    [history, account, windows],
  );
  return (
    <>
      {fakeShare && (
        <p>
          {percent(fakeShare.estimate)} of the sampled followers are consistent with automation (95 % interval{" "}
          {percent(fakeShare.low)} to {percent(fakeShare.high)}).
        </p>
      )}
      {plots?.map(({ title, svg }) => (
        <figure key={title} className="plot">
          <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={`${title}. The table below says the same.`} />
          <figcaption>{title}</figcaption>
        </figure>
      ))}
      <table className="window-table">
        <caption>Unusual windows</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">What</th>
            <th scope="col">Consistent with purchase</th>
          </tr>
        </thead>
        <tbody>
          {windows.map(({ start, end, kind, added }) => (
            <tr key={`${start} ${kind}`}>
              <td>{moment(start)}</td>
              <td>{moment(end)}</td>
              <td>{KIND_NAMES[kind]}</td>
              <td>{added ? `${Math.round(added.low)} to ${Math.round(added.high)}` : "not known"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {windows.length === 0 && <p className="quiet">None.</p>}
      {notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
    </>
  );
}
