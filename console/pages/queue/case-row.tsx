import { memo } from "react";
import { Link } from "wouter";
import { duration } from "../../parts/duration.ts";
import { useNow } from "../../parts/now.ts";
import { ACTION_WORDS, type CaseSummary, LANE_WORDS, languageWord, placeOf, reasonOf } from "./case-words.ts";

interface CaseRowProps {
  readonly one: CaseSummary;
  readonly to: string;
  /** It is the case that is open beside the list. */
  readonly isOpen: boolean;
  /** The keys are on it: the only row that Tab reaches. */
  readonly isAt: boolean;
  readonly index: number;
  onFocus(index: number): void;
}

/** One case of the list: why somebody should look, how grave it is, since when it waits, who has it. */
export const CaseRow = memo(function CaseRow({ one, to, isOpen, isAt, index, onFocus }: CaseRowProps) {
  const { lane, action, labels, openedAt, language, size, severity, escalated } = one;
  const waits = (useNow() - Date.parse(openedAt)) / 1_000;
  return (
    <Link
      href={to}
      className="case-row"
      data-case={one.id}
      data-lane={lane}
      aria-current={isOpen ? "true" : undefined}
      tabIndex={isAt ? 0 : -1}
      onFocus={() => onFocus(index)}
    >
      <span className="case-row-line">
        <span className="case-row-lane">{LANE_WORDS[lane]}</span>
        <span className="quiet">
          {ACTION_WORDS[action]} {placeOf(one)}
        </span>
        <span className="case-row-age">{duration(waits)}</span>
      </span>
      <strong className="case-row-reason">{reasonOf(labels)}</strong>
      <span className="case-row-line quiet">
        <span>Severity {severity}/7</span>
        {language !== undefined && <span>{languageWord(language)}</span>}
        {size > 1 && <span className="case-row-size">{size} items</span>}
        {escalated && <span>escalated</span>}
        <Holder one={one} />
      </span>
    </Link>
  );
});

function Holder({ one: { claim } }: Pick<CaseRowProps, "one">) {
  const now = useNow();
  const left = claim ? (Date.parse(claim.until) - now) / 1_000 : 0;
  if (!claim || left <= 0) return null;
  return (
    <span className={claim.mine ? "case-row-mine" : "case-row-held"}>
      {claim.mine ? "you have it" : <bdi>{claim.by}</bdi>} · {duration(Math.max(60, left))}
    </span>
  );
}
