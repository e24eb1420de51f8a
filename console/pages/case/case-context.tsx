import { AuthorHistory } from "./author-history.tsx";
import type { CaseRecord } from "./case-record.ts";
import { TargetPicture } from "./target-picture.tsx";

/** The right pane: what it is about and who wrote it, with what was decided of them before. */
export function CaseContext({ record }: { readonly record: CaseRecord }) {
  const { id, ref, verdict, state } = record;
  return (
    <aside className="case-context" aria-label="Context">
      {ref.kind === "review" && verdict.targetId !== undefined && <TargetPicture id={verdict.targetId} />}
      {state !== "erased" && <AuthorHistory id={verdict.authorId} caseId={id} />}
    </aside>
  );
}
