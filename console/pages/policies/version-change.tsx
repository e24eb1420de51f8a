import { useAnswer } from "../../api/use-answer.ts";
import { Asked } from "../../parts/states.tsx";
import { ChangesList } from "./changes-list.tsx";
import { changesBetween } from "./document-changes.ts";

interface VersionChangeProps {
  readonly id: string;
  /** The version that decides now. */
  readonly from: number;
  readonly to: number;
}

/** What is otherwise in a version than in the one that decides now. */
export function VersionChange({ id, from, to }: VersionChangeProps) {
  const fresh = { fresh: 600_000 };
  const before = useAnswer("get-policy-version", { params: { id, version: String(from) } }, fresh);
  const after = useAnswer("get-policy-version", { params: { id, version: String(to) } }, fresh);
  return (
    <div>
      <p className="policy-line">
        Version {to} instead of {from}:
      </p>
      <Asked shown={before}>
        {({ document }) => (
          <Asked shown={after}>
            {({ document: next }) => <ChangesList changes={changesBetween(document, next)} />}
          </Asked>
        )}
      </Asked>
    </div>
  );
}
