import { AudiencePicture } from "./audience-picture.tsx";
import { AuthorHistory } from "./author-history.tsx";
import type { CaseRecord } from "./case-record.ts";
import { TargetPicture } from "./target-picture.tsx";

/** The right pane: what it is about and who wrote it, with what was decided of them before. */
export function CaseContext({ record }: { readonly record: CaseRecord }) {
  const { id, ref, verdict, state } = record;
  const isAudience = ref.kind === "audience";
  return (
    <aside className="case-context" aria-label="Context">
      {isAudience && <AudiencePicture account={ref.id} />}
      {ref.kind === "review" && verdict.targetId !== undefined && <TargetPicture id={verdict.targetId} />}
      {!isAudience && state !== "erased" && <AuthorHistory id={verdict.authorId} caseId={id} />}
    </aside>
  );
}
