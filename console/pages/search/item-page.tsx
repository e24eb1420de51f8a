import type { AnswerOf } from "../../api/route-types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import type { PageProps } from "../../app/page.ts";
import { Age, Moment } from "../../parts/age.tsx";
import { CaseLinkLine } from "../../parts/case-link.tsx";
import { Go } from "../../parts/go.tsx";
import { isId, shownId } from "../../parts/ids.ts";
import { LabelBadges } from "../../parts/label-badges.tsx";
import { NotFound, notFound } from "../../parts/not-found.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { authorPath, targetPath } from "../../parts/paths.ts";
import { SafeInline } from "../../parts/safe-text.tsx";
import { FactList, Section } from "../../parts/section.tsx";
import { Asked } from "../../parts/states.tsx";
import { ACTION_WORDS, languageWord, placeOf } from "../queue/case-words.ts";

const KINDS = ["post", "review", "follow", "audience"] as const;
type Kind = (typeof KINDS)[number];
type Verdicts = AnswerOf<"get-verdict">;
type Verdict = Verdicts["verdicts"][number];

const kindOf = (name: string | undefined): Kind | undefined => KINDS.find((kind) => kind === name);

/** One item: each of its revisions with its verdict and why; its words stand in its case. */
export default function ItemPage({ params: { kind: named, id = "" } }: PageProps) {
  const kind = kindOf(named);
  const shown = useAnswer("get-verdict", kind && isId(id) ? { params: { kind, id } } : undefined);
  return (
    <>
      <PageHeader
        title={`${named === "review" ? "Review" : "Item"} ${shownId(id)}`}
        description="What was found and done, revision by revision. Its words stand in its case."
      />
      {kind === undefined || notFound(shown) ? (
        <NotFound what="item" id={id} />
      ) : (
        <Asked shown={shown}>
          {({ verdicts, pending }) => (
            <>
              {pending.length > 0 && (
                <p role="status">
                  {pending.length === 1 ? "One revision waits" : `${pending.length} revisions wait`} for a verdict.
                </p>
              )}
              <CaseOfItem kind={kind} id={id} />
              {verdicts.map((verdict) => (
                <VerdictView key={verdict.ref.revision} verdict={verdict} />
              ))}
            </>
          )}
        </Asked>
      )}
    </>
  );
}

/** Where its case is, as far as this person may look things up. */
function CaseOfItem({ kind, id }: { readonly kind: Kind; readonly id: string }) {
  const { value } = useAnswer("search", { query: { id } }, { fresh: 60_000 });
  const match = value?.matches.find((one) => one.kind === kind);
  if (!match || !("case" in match) || !match.case) return null;
  return (
    <p>
      <CaseLinkLine link={match.case} />
    </p>
  );
}

function VerdictView({ verdict }: { readonly verdict: Verdict }) {
  const { ref, action, severity, labels, explanation, decided, scoredAt, status, language, reversed } = verdict;
  const titles = new Map(explanation.map(({ label, title }) => [label, title]));
  return (
    <Section title={`Revision ${ref.revision}: ${ACTION_WORDS[action].toLowerCase()}`}>
      <FactList
        facts={[
          ["Judged", <Moment key="at" at={scoredAt} />],
          [
            "Author",
            <Go key="author" to={authorPath(verdict.authorId)}>
              <SafeInline text={verdict.authorId} />
            </Go>,
          ],
          [
            "Target",
            verdict.targetId && (
              <Go to={targetPath(verdict.targetId)}>
                <SafeInline text={verdict.targetId} />
              </Go>
            ),
          ],
          ["Kind", placeOf(verdict)],
          ["Language", language && languageWord(language)],
          ["Severity", `${severity} of 7`],
          ["Judgement", status === "degraded" ? "without all of its analyzers" : undefined],
        ]}
      />
      {reversed && (
        <p>
          Taken back <Age since={reversed.at} ago />: {reversed.explanation}
        </p>
      )}
      {labels.length === 0 ? (
        <p className="quiet">Nothing was found.</p>
      ) : (
        <LabelBadges labels={labels.map((label) => ({ ...label, title: titles.get(label.label) ?? label.label }))} />
      )}
      {explanation.map(({ label, title, why, laws }) => (
        <div key={label}>
          <h3 className="why-title">{title}</h3>
          <ul className="why">
            {why.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
            {laws.map((law) => (
              <li key={law} className="quiet">
                {law}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {decided && decided.length > 0 && (
        <div>
          <h3 className="why-title">Rules that applied</h3>
          <ul className="why">
            {decided.map(({ rule, why }) => (
              <li key={rule}>{why}</li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}
