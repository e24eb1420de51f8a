import Alert from "@cloudscape-design/components/alert";
import { useState } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { Go } from "../../parts/go.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Asked } from "../../parts/states.tsx";
import { draftOf, keepDraft } from "./drafts.ts";
import { policyPath } from "./paths.ts";
import { PolicyEditor } from "./policy-editor.tsx";
import { textOf } from "./policy-text.ts";
import type { PolicyView } from "./words.tsx";

/** The newest version of a policy in the editor, to be saved as the next; or what was written and not saved. */
export function EditPolicy({ policy }: { readonly policy: PolicyView }) {
  const { id, newest } = policy;
  // What one has begun with stays, whoever saves a version meanwhile.
  const [base, setBase] = useState(() => draftOf(id)?.base ?? newest);
  const asked = useAnswer("get-policy-version", { params: { id, version: String(base) } }, { fresh: 600_000 });
  const later = policy.versions.find(({ version }) => version === newest && version > base);
  return (
    <>
      {later && (
        <div className="policy-held">
          <Alert type="warning" statusIconAriaLabel="Warning">
            Version {newest} was saved by <SafeInline text={later.savedBy} /> since you began from version {base}. What
            you save becomes the version after it. <Go to={policyPath(id, "compare")}>Compare them</Go>
          </Alert>
        </div>
      )}
      <Asked shown={asked}>
        {({ document }) => (
          <PolicyEditor
            key={base}
            policy={policy}
            base={base}
            initial={textOf(document)}
            onSaved={(version) => {
              keepDraft(id, undefined);
              setBase(version);
            }}
          />
        )}
      </Asked>
    </>
  );
}
