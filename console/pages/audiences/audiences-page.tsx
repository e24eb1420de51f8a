import Button from "@cloudscape-design/components/button";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { CardList } from "../../parts/card-list.tsx";
import { hourText, shareRange } from "../../parts/charts/chart-words.ts";
import { windowWords } from "../../parts/charts/window-words.ts";
import { ConcernedCases, HowFar } from "../../parts/concerned-cases.tsx";
import { percent } from "../../parts/duration.ts";
import { Go } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { audiencePath } from "../../parts/paths.ts";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Asked, Empty } from "../../parts/states.tsx";

type Audience = AnswerOf<"list-audiences">["audiences"][number];

/** Accounts whose following deserves a look. */
export default function AudiencesPage() {
  const shown = useAnswer("list-audiences", {}, { fresh: 15_000 });
  return (
    <>
      <PageHeader
        title="Audiences"
        description="Accounts whose following waits for a decision or was decided of late; the one whose case is next in turn first. How large a following is plays no part and is not shown."
        actions={
          <Button iconName="refresh" loading={shown.busy} onClick={shown.refresh}>
            Refresh
          </Button>
        }
      />
      <Asked shown={shown}>
        {({ audiences, looked }) => (
          <>
            {audiences.length === 0 ? (
              <Empty title="No following has a case" action={<Go to="/search">Search for an account</Go>}>
                None waits for a decision, and none was decided of late.
              </Empty>
            ) : (
              <CardList scope="audiences" label="Accounts with cases" all={audiences} keyOf={({ id }) => id}>
                {(audience) => <AudienceCard audience={audience} />}
              </CardList>
            )}
            <HowFar looked={looked} />
          </>
        )}
      </Asked>
    </>
  );
}

function AudienceCard({ audience }: { readonly audience: Audience }) {
  const { id, fakeShare, windows } = audience;
  return (
    <>
      <h2>
        <Go to={audiencePath(id)}>
          <SafeInline text={id} />
        </Go>
      </h2>
      {fakeShare && (
        <p className="card-line">
          <span>
            <strong>{percent(fakeShare.estimate)}</strong> of the followers ({shareRange(fakeShare)}) consistent with
            automation
          </span>
        </p>
      )}
      {windows.length > 0 && (
        <ul className="card-points">
          {windows.map(({ kind, start, end }) => (
            <li key={start}>
              {hourText(start)} – {hourText(end)}: {windowWords(kind)}
            </li>
          ))}
        </ul>
      )}
      <ConcernedCases {...audience} />
    </>
  );
}
