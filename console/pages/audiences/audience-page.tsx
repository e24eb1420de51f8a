import { lazy, Suspense } from "react";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import type { PageProps } from "../../app/page.ts";
import { Age } from "../../parts/age.tsx";
import { grouped, shareRange } from "../../parts/charts/chart-words.ts";
import { FollowWindows } from "../../parts/charts/follow-windows.tsx";
import { percent } from "../../parts/duration.ts";
import { isId, shownId } from "../../parts/ids.ts";
import { NotFound, notFound } from "../../parts/not-found.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { FactList, Section } from "../../parts/section.tsx";
import { Asked, Loading } from "../../parts/states.tsx";
import { ACTION_WORDS } from "../queue/case-words.ts";

const FollowSeriesChart = lazy(async () => ({
  default: (await import("../../parts/charts/follow-series-chart.tsx")).FollowSeriesChart,
}));
const FollowOrderChart = lazy(async () => ({
  default: (await import("../../parts/charts/follow-order-chart.tsx")).FollowOrderChart,
}));
const AudienceHistory = lazy(async () => ({ default: (await import("./audience-history.tsx")).AudienceHistory }));

type Audience = AnswerOf<"get-audience">;

/** One account's following: what it is consistent with, in which windows, and the pictures that this rests on. */
export default function AudiencePage({ params: { id = "" } }: PageProps) {
  const shown = useAnswer("get-audience", isId(id) ? { params: { id } } : undefined, { fresh: 15_000 });
  return (
    <>
      <PageHeader
        title={`Following of ${shownId(id)}`}
        description="What it is consistent with, never what somebody did: rivals and fans buy followers for others. How large it is plays no part and is not shown."
      />
      {notFound(shown) ? (
        <NotFound what="following" id={id} />
      ) : (
        <Asked shown={shown}>{(audience) => <Parts audience={audience} />}</Asked>
      )}
    </>
  );
}

const shareText = (share: Audience["assessment"]["fakeShare"]): string | undefined =>
  share && `about ${percent(share.estimate)} (${shareRange(share)})`;

function Parts({ audience: { version, assessment, verdict, notes, history } }: { readonly audience: Audience }) {
  const { fakeShare, inactiveShare, windows, lost, burstiness, scored } = assessment;
  return (
    <>
      <Section title="Assessment">
        <FactList
          facts={[
            ["Consistent with automation", shareText(fakeShare) ?? "too little known"],
            ["Never post nor like", shareText(inactiveShare)],
            ["Judged profiles", grouped(scored)],
            ["Left within 7 days", lost?.days7 === undefined ? undefined : percent(lost.days7)],
            ["Left within 30 days", lost?.days30 === undefined ? undefined : percent(lost.days30)],
            ["Pace of follows", burstiness === undefined ? undefined : paceOf(burstiness)],
            ["Action", ACTION_WORDS[verdict.action]],
            ["Version", version],
            ["Judged", <Age key="judged" since={verdict.scoredAt} ago />],
          ]}
        />
        {verdict.explanation.map(({ label, title, why }) => (
          <div key={label}>
            <h3 className="why-title">{title}</h3>
            <ul className="why">
              {why.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </div>
        ))}
        {notes.length > 0 && (
          <div>
            <h3 className="why-title">What was missing or odd</h3>
            <ul className="why">
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </div>
        )}
      </Section>
      <Section title="Windows">
        <FollowWindows windows={windows} />
      </Section>
      <Section title="Pictures">
        {history ? (
          <Suspense fallback={<Loading what="Loading the charts" lines={8} />}>
            <FollowSeriesChart hours={history.hours} windows={windows} />
            <FollowOrderChart order={history.order} windows={windows} />
            <AudienceHistory history={history} />
          </Suspense>
        ) : (
          <p className="quiet">The counts that pictures are drawn from were forgotten before the verdict was.</p>
        )}
      </Section>
    </>
  );
}

/** Burstiness in words: from −1, a clock, over 0, chance, to 1, bursts. */
function paceOf(burstiness: number): string {
  const words = burstiness < -0.3 ? "as even as a meter" : burstiness > 0.3 ? "in bursts" : "as chance has it";
  return `${words} (${burstiness.toFixed(2).replace("-", "−")})`;
}
