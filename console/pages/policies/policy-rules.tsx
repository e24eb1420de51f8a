import Badge from "@cloudscape-design/components/badge";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { Go } from "../../parts/go.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Section } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { policyPath, undoOfRule } from "./paths.ts";
import { versionOptions } from "./version-options.ts";
import { ACTION_WORDS, ActionName, type PolicyDocument, type PolicyView, type Rule } from "./words.tsx";

/** What a version says, rule by rule: the one that decides, or the newest, to begin with. */
export function PolicyRules({ policy }: { readonly policy: PolicyView }) {
  const { id, shown, versions } = policy;
  const [version, setVersion] = useState(shown.version);
  const isOther = version !== shown.version;
  const asked = useAnswer("get-policy-version", isOther ? { params: { id, version: String(version) } } : undefined, {
    fresh: 600_000,
  });
  const options = versionOptions(policy);
  return (
    <Section title={`Rules of version ${version}`}>
      {versions.length > 1 && (
        <div className="policy-choice">
          <FormField label="Version">
            <Select
              options={options}
              selectedOption={options.find(({ value }) => value === String(version)) ?? null}
              onChange={({ detail }) => setVersion(Number(detail.selectedOption.value))}
            />
          </FormField>
        </div>
      )}
      {isOther ? (
        <Asked shown={asked}>{({ document }) => <Rules policy={policy} document={document} />}</Asked>
      ) : (
        <Rules policy={policy} document={shown.document} />
      )}
    </Section>
  );
}

function Rules({ policy, document }: { readonly policy: PolicyView; readonly document: PolicyDocument }) {
  const { rules, disable = [], inherits } = document;
  return (
    <>
      {rules.length === 0 ? (
        <Empty title="No rules of its own" />
      ) : (
        <ol className="policy-rules">
          {rules.map((rule) => (
            <li key={rule.name}>
              <RuleCard rule={rule} policy={policy} />
            </li>
          ))}
        </ol>
      )}
      {inherits !== undefined && (
        <p className="policy-line">
          Then come the rules of <Go to={policyPath(inherits)}>{inherits}</Go>
          {disable.length > 0 && (
            <>
              {" "}
              without <strong>{disable.join(", ")}</strong>
            </>
          )}
          ; its locked ones come first.
        </p>
      )}
    </>
  );
}

function RuleCard({ rule, policy }: { readonly rule: Rule; readonly policy: PolicyView }) {
  const me = useMe();
  const { name, when, action, queue, severity, reasonCode, userText, guidance, locked } = rule;
  const decided = policy.active !== undefined || policy.builtIn;
  return (
    <>
      <h3>
        {name} {locked && <Badge color="grey">locked</Badge>}
      </h3>
      <pre className="policy-when">{when}</pre>
      <p className="policy-line">
        <ActionName action={action} />: it {ACTION_WORDS[action]}
        {queue !== undefined && (
          <>
            , in the queue <strong>{queue}</strong>
          </>
        )}
        {severity !== undefined && `, severity ${severity}`} <span className="quiet">({reasonCode})</span>
      </p>
      {Object.entries(userText ?? {}).map(([language, text]) => (
        <p key={language} className="policy-line">
          <span className="quiet">The author is told ({language}):</span> <SafeInline text={text} />
        </p>
      ))}
      {guidance !== undefined && (
        <p className="policy-line">
          <span className="quiet">For moderators:</span> <SafeInline text={guidance} />
        </p>
      )}
      {decided && me.may("start-undo") && (
        <p className="policy-line">
          <Go to={undoOfRule(policy.id, name)} label={`Was this rule wrong? ${name}: find what rests on it`}>
            Was this rule wrong?
          </Go>
        </p>
      )}
    </>
  );
}
