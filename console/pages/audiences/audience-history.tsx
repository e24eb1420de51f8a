import type { AudienceHistory as History } from "../../../shared/domain/audience.ts";
import { dayText, grouped } from "../../parts/charts/chart-words.ts";
import { RowTable } from "../../parts/row-table.tsx";

/** How old an account was: "new", "from 30 days". */
const ageText = (fromDays: number): string => {
  if (fromDays <= 0) return "new";
  const [count, unit] = fromDays >= 365 ? [Math.round((fromDays / 365) * 10) / 10, "year"] : [fromDays, "day"];
  return `from ${count} ${unit}${count === 1 ? "" : "s"}`;
};

const part = (count: number, all: number): string => (all === 0 ? "none" : `${Math.round((count / all) * 100)} %`);

/** The latest days in figures, and how old the followers' accounts were. */
export function AudienceHistory({ history: { days, ages } }: { readonly history: History }) {
  const recent = ages.reduce((sum, one) => sum + one.recent, 0);
  const before = ages.reduce((sum, one) => sum + one.before, 0);
  return (
    <>
      <h3 className="why-title">By day</h3>
      {days.length === 0 ? (
        <p className="quiet">No follow was seen in the latest 45 days.</p>
      ) : (
        <RowTable
          caption="New followers by day"
          maxHeight={280}
          rows={days.toReversed()}
          keyOf={({ day }) => day}
          columns={[
            { head: "Day (UTC)", cell: ({ day }) => dayText(day) },
            { head: "New followers", isFigure: true, cell: ({ follows }) => grouped(follows) },
            { head: "Judged", isFigure: true, cell: ({ scored }) => grouped(scored) },
            { head: "Consistent with automation", isFigure: true, cell: ({ suspicious }) => grouped(suspicious) },
          ]}
        />
      )}
      {recent + before > 0 && (
        <>
          <h3 className="why-title">How old the judged followers' accounts were when they followed</h3>
          <RowTable
            caption="Age of followers' accounts"
            maxHeight={280}
            rows={ages}
            keyOf={({ fromDays }) => String(fromDays)}
            columns={[
              { head: "Age", cell: ({ fromDays }) => ageText(fromDays) },
              { head: "Latest 14 days", isFigure: true, cell: (one) => part(one.recent, recent) },
              { head: "Before", isFigure: true, cell: (one) => part(one.before, before) },
            ]}
          />
        </>
      )}
    </>
  );
}
