import { lazy, Suspense } from "react";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { FollowWindows } from "../../parts/charts/follow-windows.tsx";
import { percent } from "../../parts/duration.ts";
import { Go } from "../../parts/go.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Asked, Loading } from "../../parts/states.tsx";

const FollowSeriesChart = lazy(async () => ({
  default: (await import("../../parts/charts/follow-series-chart.tsx")).FollowSeriesChart,
}));
const FollowOrderChart = lazy(async () => ({
  default: (await import("../../parts/charts/follow-order-chart.tsx")).FollowOrderChart,
}));

type Audience = AnswerOf<"get-audience">;

const FRESH = 60_000;

/** An account's following: what it is consistent with, in which windows, and the two plots. Never how large it is. */
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
  const { windows, fakeShare } = assessment;
  return (
    <>
      {fakeShare && (
        <p>
          {percent(fakeShare.estimate)} of the sampled followers are consistent with automation (95 % interval{" "}
          {percent(fakeShare.low)} to {percent(fakeShare.high)}).
        </p>
      )}
      {history ? (
        <Suspense fallback={<Loading what="Loading the charts" lines={8} />}>
          <FollowSeriesChart hours={history.hours} windows={windows} />
          <FollowOrderChart order={history.order} windows={windows} />
        </Suspense>
      ) : (
        <p className="quiet">The counts that pictures are drawn from were forgotten before the verdict was.</p>
      )}
      <FollowWindows windows={windows} />
      {notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
    </>
  );
}
