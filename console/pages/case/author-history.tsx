import type { AnswerOf } from "../../api/route-types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Age } from "../../parts/age.tsx";
import { Go } from "../../parts/go.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { ACTION_WORDS, placeOf, reasonOf } from "../queue/case-words.ts";
import { DECIDED_WORDS, type Outcome } from "./case-record.ts";

type Author = AnswerOf<"get-author">;

const FRESH = 120_000;
const SHOWN = "20";

const AGE_WORDS: Readonly<Record<NonNullable<NonNullable<Author["about"]>["ageBand"]>, string>> = {
  under_13: "under 13",
  "13_15": "13 to 15",
  "16_17": "16 or 17",
  adult: "adult",
};

/** Who wrote it: what they handed in before, and what was decided of that. Never how many people they reach. */
export function AuthorHistory({ id, caseId }: { readonly id: string; readonly caseId: string }) {
  const shown = useAnswer("get-author", { params: { id }, query: { limit: SHOWN } }, { fresh: FRESH });
  return (
    <section aria-label="The author">
      <h3>
        Author{" "}
        <Go to={`/search?id=${encodeURIComponent(id)}`}>
          <SafeInline text={id} />
        </Go>
      </h3>
      {shown.refused?.code === "not_found" && shown.value === undefined ? (
        <Empty title="Nothing else is known of the author" />
      ) : (
        <Asked shown={shown}>
          {(author) => (
            <>
              <About author={author} />
              <History
                items={author.items.filter((one) => one.case?.id !== caseId)}
                hasMore={author.cursor !== undefined}
              />
            </>
          )}
        </Asked>
      )}
    </section>
  );
}

function About({ author: { firstSeen, about, counted } }: { readonly author: Author }) {
  const { items, open, actions, decisions } = counted;
  const flagged = items - (actions.allow ?? 0);
  const decided = (Object.entries(decisions) as [Outcome, number][]).flatMap(([outcome, count]) =>
    count > 0 ? [`${count} ${DECIDED_WORDS[outcome].toLowerCase()}`] : [],
  );
  return (
    <dl className="case-fact-list">
      {firstSeen !== undefined && (
        <>
          <dt>First seen</dt>
          <dd>
            <Age since={firstSeen} ago />
          </dd>
        </>
      )}
      {about?.ageDays !== undefined && (
        <>
          <dt>Account</dt>
          <dd>{about.ageDays} days old when it wrote last</dd>
        </>
      )}
      {about?.verified !== undefined && (
        <>
          <dt>Verified</dt>
          <dd>{about.verified ? "yes" : "no"}</dd>
        </>
      )}
      {about?.ageBand !== undefined && (
        <>
          <dt>Age</dt>
          <dd>{AGE_WORDS[about.ageBand]}</dd>
        </>
      )}
      <dt>Latest items</dt>
      <dd>
        {flagged} of {items} flagged, held or blocked{open > 0 && `; ${open} waiting`}
      </dd>
      <dt>Decided</dt>
      <dd>{decided.length === 0 ? "nothing yet" : decided.join(", ")}</dd>
    </dl>
  );
}

function History({ items, hasMore }: { readonly items: Author["items"]; readonly hasMore: boolean }) {
  if (items.length === 0) return <p className="quiet">Nothing before this.</p>;
  return (
    <ul className="case-list case-history">
      {items.map((one) => (
        <li key={`${one.ref.id} ${one.ref.revision}`}>
          <span className="case-history-line">
            <span>
              {ACTION_WORDS[one.action]} {placeOf(one)}
            </span>
            <span className="quiet">
              <Age since={one.at} ago />
            </span>
          </span>
          {one.labels.length > 0 && <span>{reasonOf(one.labels)}</span>}
          <CaseOf one={one} />
        </li>
      ))}
      {hasMore && <li className="quiet">And more before.</li>}
    </ul>
  );
}

function CaseOf({ one: { case: link, reversed } }: { readonly one: Author["items"][number] }) {
  if (!link) return reversed ? <span className="quiet">taken back</span> : null;
  const words =
    link.outcome !== undefined
      ? DECIDED_WORDS[link.outcome]
      : { open: "waits", decided: "decided", erased: "erased", joined: "decided with its cluster" }[link.state];
  return <Go to={`/cases/${link.joined ?? link.id}`}>{words}</Go>;
}
