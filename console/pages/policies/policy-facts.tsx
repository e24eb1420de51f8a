import { Go } from "../../parts/go.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { FactList } from "../../parts/section.tsx";
import { policyPath } from "./paths.ts";
import { Standing } from "./standing.tsx";
import { type PolicyView, scopeWords } from "./words.tsx";

/** How a policy stands and what it is for, at a glance. */
export function PolicyFacts({ policy }: { readonly policy: PolicyView }) {
  const { id, inherits, active, shown } = policy;
  const { appliesTo } = shown.document;
  return (
    <div className="policy-facts">
      <Standing {...policy} />
      <FactList
        facts={[
          ["Id", <code key="id">{id}</code>],
          ["Applies to", <SafeInline key="scope" text={scopeWords(appliesTo)} />],
          [
            "Refines",
            inherits === undefined ? undefined : (
              <Go key="refines" to={policyPath(inherits)}>
                {inherits}
              </Go>
            ),
          ],
          ["Why it is active", active && <SafeInline key="why" text={active.note} />],
        ]}
      />
    </div>
  );
}
