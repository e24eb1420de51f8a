import Button from "@cloudscape-design/components/button";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { CardList } from "../../parts/card-list.tsx";
import { grouped } from "../../parts/charts/chart-words.ts";
import { ConcernedCases, HowFar } from "../../parts/concerned-cases.tsx";
import { Go } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { targetPath } from "../../parts/paths.ts";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Asked, Empty } from "../../parts/states.tsx";

type Target = AnswerOf<"list-targets">["targets"][number];

/** Targets whose reviews deserve a look. */
export default function TargetsPage() {
  const shown = useAnswer("list-targets", {}, { fresh: 15_000 });
  return (
    <>
      <PageHeader
        title="Targets"
        description="What reviews are about, where some of them wait for a decision or were decided of late; the one whose case is next in turn first."
        actions={
          <Button iconName="refresh" loading={shown.busy} onClick={shown.refresh}>
            Refresh
          </Button>
        }
      />
      <Asked shown={shown}>
        {({ targets, looked }) => (
          <>
            {targets.length === 0 ? (
              <Empty title="No target has a case" action={<Go to="/search">Search for a target</Go>}>
                No review waits for a decision, and none was decided of late.
              </Empty>
            ) : (
              <CardList scope="targets" label="Targets with cases" all={targets} keyOf={({ id }) => id}>
                {(target) => <TargetCard target={target} />}
              </CardList>
            )}
            <HowFar looked={looked} />
          </>
        )}
      </Asked>
    </>
  );
}

function TargetCard({ target }: { readonly target: Target }) {
  return (
    <>
      <h2>
        <Go to={targetPath(target.id)}>
          <SafeInline text={target.id} />
        </Go>
      </h2>
      <RatingLine {...target} />
      <ConcernedCases {...target} />
    </>
  );
}

function RatingLine({ all, withoutSuspected, suspected = 0 }: Target) {
  if (!all || all.mean === undefined) return null;
  return (
    <p className="card-line">
      <span>
        <strong>{all.mean.toFixed(2)} stars</strong> of {grouped(all.count)} {all.count === 1 ? "review" : "reviews"}
      </span>
      {suspected > 0 && (
        <span>
          {withoutSuspected?.mean === undefined ? "none" : <strong>{withoutSuspected.mean.toFixed(2)} stars</strong>}{" "}
          without the {grouped(suspected)} consistent with fakery
        </span>
      )}
    </p>
  );
}
