import { lazy, Suspense } from "react";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import type { PageProps } from "../../app/page.ts";
import { Age } from "../../parts/age.tsx";
import { dayText, grouped } from "../../parts/charts/chart-words.ts";
import { RatingPicture } from "../../parts/charts/rating-picture.tsx";
import { isId, shownId } from "../../parts/ids.ts";
import { NotFound, notFound } from "../../parts/not-found.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { FactList, Section } from "../../parts/section.tsx";
import { Asked, Loading } from "../../parts/states.tsx";

const ReviewDaysChart = lazy(async () => ({
  default: (await import("../../parts/charts/review-days-chart.tsx")).ReviewDaysChart,
}));

type Target = AnswerOf<"get-target">;
type Window = Target["windows"][number];

const WINDOW_TITLES: Readonly<Record<Window["kind"], string>> = {
  low_storm: "Storm of low ratings",
  praise_burst: "Burst of high ratings",
  busy: "Busy, as usual otherwise",
  suspected: "Many suspects",
};

/** One target: its ratings with and without suspects, its days, and what was unusual about some of them. */
export default function TargetPage({ params: { id = "" } }: PageProps) {
  const shown = useAnswer("get-target", isId(id) ? { params: { id } } : undefined, { fresh: 15_000 });
  return (
    <>
      <PageHeader
        title={`Target ${shownId(id)}`}
        description="As of the reviews judged so far. A suspect is a review consistent with fakery, for reasons of its own."
      />
      {notFound(shown) ? (
        <NotFound what="target" id={id} />
      ) : (
        <Asked shown={shown}>{(target) => <Parts target={target} />}</Asked>
      )}
    </>
  );
}

function Parts({ target }: { readonly target: Target }) {
  const { days, windows, sharedReviewers, firstSeen, lastSeen } = target;
  return (
    <>
      <Section title="Ratings">
        <RatingPicture {...target} />
        <FactList
          facts={[
            ["First review", firstSeen && <Age since={firstSeen} ago />],
            ["Latest review", lastSeen && <Age since={lastSeen} ago />],
            [
              `Reviewers shared with ${sharedReviewers.length === 1 ? "another target" : `each of ${sharedReviewers.length} other targets`}`,
              sharedReviewers.length === 0 ? undefined : sharedReviewers.map(grouped).join(", "),
            ],
          ]}
        />
      </Section>
      <Section title="Latest 60 days">
        <Suspense fallback={<Loading what="Loading the chart" />}>
          <ReviewDaysChart days={days} windows={windows} />
        </Suspense>
      </Section>
      <Section title="Unusual days">
        {windows.length === 0 ? (
          <p className="quiet">No stretch of days stands out.</p>
        ) : (
          <ol className="windows">
            {windows.map((window, index) => (
              <WindowRow key={`${window.from} ${window.kind}`} window={window} number={index + 1} />
            ))}
          </ol>
        )}
      </Section>
    </>
  );
}

function WindowRow({ window: { from, to, kind, why }, number }: { readonly window: Window; readonly number: number }) {
  return (
    <li className="window">
      <span className="window-number" aria-hidden="true">
        {number}
      </span>
      <div>
        <h3 className="why-title">
          {dayText(from)}
          {to !== from && ` – ${dayText(to)}`}: {WINDOW_TITLES[kind].toLowerCase()}
        </h3>
        <ul className="why">
          {why.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
    </li>
  );
}
