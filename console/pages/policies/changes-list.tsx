import type { Changes } from "./document-changes.ts";

const listed = (names: readonly string[]): string => names.join(", ");

/** What differs between two versions, in a few lines. */
export function ChangesList({ changes }: { readonly changes: Changes }) {
  const { added, removed, changed, reordered, fields } = changes;
  const nothing = added.length + removed.length + changed.length + fields.length === 0 && !reordered;
  if (nothing) return <p className="policy-line quiet">They say the same.</p>;
  return (
    <ul className="policy-changes">
      {added.length > 0 && (
        <li>
          New: <strong>{listed(added)}</strong>
        </li>
      )}
      {removed.length > 0 && (
        <li>
          Gone: <strong>{listed(removed)}</strong>
        </li>
      )}
      {changed.map(({ rule, fields: its }) => (
        <li key={rule}>
          Changed: <strong>{rule}</strong> <span className="quiet">({listed(its)})</span>
        </li>
      ))}
      {reordered && <li>Rules stand in another order</li>}
      {fields.length > 0 && <li>Of the policy itself: {listed(fields)}</li>}
    </ul>
  );
}
