import type { AnswerOf } from "../../api/route-types.ts";
import { Age } from "../../parts/age.tsx";
import { CaseLinkLine } from "../../parts/case-link.tsx";
import { Go } from "../../parts/go.tsx";
import { LabelBadges } from "../../parts/label-badges.tsx";
import { authorPath, itemPath, pathOfMatch, targetPath } from "../../parts/paths.ts";
import { SafeInline } from "../../parts/safe-text.tsx";
import { ACTION_WORDS } from "../queue/case-words.ts";

export type Match = AnswerOf<"search">["matches"][number];

const KIND_TITLES: Readonly<Record<Match["kind"], string>> = {
  post: "Post",
  review: "Review",
  audience: "Following of an account",
  author: "Author",
  target: "Target of reviews",
  case: "Case",
};

/** One thing that an id stands for, with where it leads. */
export function MatchCard({ match }: { readonly match: Match }) {
  return (
    <>
      <h2>
        <Go to={pathOfMatch(match)}>
          {KIND_TITLES[match.kind]} <SafeInline text={match.id} />
        </Go>
      </h2>
      <p>{match.summary}</p>
      {"action" in match && <Judged match={match} />}
      {match.kind === "author" && (
        <p className="quiet">
          seen last <Age since={match.lastSeen} ago />
        </p>
      )}
      {match.kind === "case" && (
        <p>
          <CaseLinkLine link={match.case} />
        </p>
      )}
    </>
  );
}

function Judged({ match }: { readonly match: Extract<Match, { action: unknown }> }) {
  return (
    <>
      {match.labels.length > 0 && <LabelBadges labels={match.labels} />}
      <p className="card-line">
        <span>
          {ACTION_WORDS[match.action]} <Age since={match.at} ago />
        </span>
        {match.case && <CaseLinkLine link={match.case} />}
        {"authorId" in match && (
          <span>
            by{" "}
            <Go to={authorPath(match.authorId)}>
              <SafeInline text={match.authorId} />
            </Go>
          </span>
        )}
        {"targetId" in match && match.targetId !== undefined && (
          <span>
            of{" "}
            <Go to={targetPath(match.targetId)}>
              <SafeInline text={match.targetId} />
            </Go>
          </span>
        )}
        {"revisions" in match && match.revisions > 1 && (
          <Go to={itemPath(match.kind, match.id)}>{`${match.revisions} revisions`}</Go>
        )}
      </p>
    </>
  );
}
