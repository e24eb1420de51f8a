import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { actions, flowKinds, places } from "../../facts/alerts.ts";
import { labelTitles } from "../../facts/desk.ts";
import { PLACE_WORDS } from "../../parts/alert-words.ts";
import { faultsAt } from "../../parts/field-faults.ts";
import { OneField, SeveralField, TextField } from "../../parts/fields.tsx";
import { Section } from "../../parts/section.tsx";
import { Failed } from "../../parts/states.tsx";
import type { Subscription } from "../../parts/subscription-words.ts";
import { useMe } from "../../session/me.tsx";
import { type Field, POINTERS } from "./field-pointers.ts";
import { type Draft, documentOf, draftOf, missingIn } from "./subscription-draft.ts";
import { ACTION_WORDS, KIND_WORDS } from "./subscription-words.ts";
import { WhereAndWhen } from "./where-and-when.tsx";

type Label = Draft["labels"][number];

const LABELS = Object.entries(labelTitles) as [Label, string][];
const KINDS = flowKinds.map((one) => [one, KIND_WORDS[one]] as const);
const ACTIONS = actions.map((one) => [one, ACTION_WORDS[one]] as const);
const SEVERITIES = ["0", "1", "2", "3", "4", "5", "6", "7"].map(
  (one) => [one, one === "0" ? "Any" : `${one} of 7 or more`] as const,
);

interface SubscriptionFormProps {
  readonly id: string;
  /** The one that is changed, as it was seen; undefined for a new one. */
  readonly base: Subscription | undefined;
  onCancel(): void;
  onSaved(saved: Subscription): void;
}

/** Writes a subscription without knowing how conditions are written; those stand under "Advanced". */
export function SubscriptionForm({ id, base, onCancel, onSaved }: SubscriptionFormProps) {
  const me = useMe();
  const { cache } = useApi();
  const { act, busy, refused, clear } = useAct("save-subscription");
  const [draft, set] = useState(() => draftOf(base?.document));
  const [version, setVersion] = useState(base?.version ?? 0);
  const [tried, setTried] = useState(false);
  const [advanced, showAdvanced] = useState([draft.targets, draft.accounts, draft.when].some((typed) => typed !== ""));
  const missing = tried ? missingIn(draft) : {};
  const { of, others } = faultsAt(refused, POINTERS);
  const error = (field: Field): string | undefined => missing[field] ?? of(field);
  const change = (next: Partial<Draft>): void => set((now) => ({ ...now, ...next }));
  const isLost = refused?.code === "subscription_changed";
  const newest = useAnswer("get-subscription", isLost ? { params: { id } } : undefined);
  // What the flood breaker says is about all brands together.
  const choices = places.filter((place) => me.role !== "brand" || place !== "breaker");

  const save = async (from = version) => {
    setTried(true);
    if (Object.keys(missingIn(draft)).length > 0) return;
    const answer = await act({ params: { id }, body: { version: from, document: documentOf(draft) } });
    if (!answer.ok) return;
    cache.drop("list-subscriptions");
    cache.drop("get-subscription", { params: { id } });
    onSaved(answer.value);
  };
  const saveOver = ({ version: now }: Subscription) => {
    setVersion(now);
    void save(now);
  };

  return (
    <form
      className="subscriptions-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Section title="What it tells of">
        <div className="subscriptions-fields">
          <TextField label="Name" error={error("name")} value={draft.name} onChange={(name) => change({ name })} />
          <SeveralField
            label="Places"
            error={error("places")}
            all={choices.map((one) => [one, PLACE_WORDS[one]] as const)}
            value={draft.places}
            none="Choose at least one"
            onChange={(chosen) => change({ places: chosen })}
          />
          <SeveralField
            label="Kinds"
            error={error("kinds")}
            all={KINDS}
            value={draft.kinds}
            none="All"
            onChange={(kinds) => change({ kinds })}
          />
          <SeveralField
            label="Labels"
            error={error("labels")}
            all={LABELS}
            value={draft.labels}
            none="Any"
            onChange={(labels) => change({ labels })}
          />
          <OneField
            label="Least severity"
            error={error("minSeverity")}
            all={SEVERITIES}
            value={String(draft.minSeverity)}
            onChange={(chosen) => change({ minSeverity: Number(chosen) })}
          />
          <SeveralField
            label="Actions"
            error={error("actions")}
            all={ACTIONS}
            value={draft.actions}
            none="All but allowed"
            onChange={(chosen) => change({ actions: chosen })}
          />
          <TextField
            label="Brands"
            description={me.role === "brand" ? "Of yours; none: all of yours." : "Ids with commas; none: all."}
            error={error("brands")}
            value={draft.brands}
            onChange={(brands) => change({ brands })}
          />
          <TextField
            label="Languages"
            description="Codes with commas, such as en, de; none: all."
            error={error("languages")}
            value={draft.languages}
            onChange={(languages) => change({ languages })}
          />
        </div>
        <ExpandableSection
          headerText="Advanced: single targets and accounts, a condition"
          expanded={advanced || (["targets", "accounts", "when"] as const).some((field) => error(field) !== undefined)}
          onChange={({ detail }) => showAdvanced(detail.expanded)}
        >
          <div className="subscriptions-advanced">
            <div className="subscriptions-fields">
              <TextField
                label="Targets"
                description="Ids with commas; none: all."
                error={error("targets")}
                value={draft.targets}
                onChange={(targets) => change({ targets })}
              />
              <TextField
                label="Accounts"
                description="Ids with commas; none: all."
                error={error("accounts")}
                value={draft.accounts}
                onChange={(accounts) => change({ accounts })}
              />
            </div>
            <FormField
              label="Condition"
              description="In CEL as in policies, about the item. It must hold beside all that is chosen above."
              errorText={error("when")}
              stretch
            >
              <Textarea
                value={draft.when}
                spellcheck={false}
                rows={3}
                onChange={({ detail }) => change({ when: detail.value })}
              />
            </FormField>
          </div>
        </ExpandableSection>
      </Section>
      <WhereAndWhen id={id} draft={draft} change={change} error={error} isRoomKept={base !== undefined} />
      {isLost ? (
        <Alert type="warning" header="Somebody changed it meanwhile" statusIconAriaLabel="Warning">
          <div role="alert">Your changes are still here.</div>
          <div className="button-row">
            <Button
              formAction="none"
              disabled={!newest.value}
              onClick={() => {
                if (!newest.value) return;
                set(draftOf(newest.value.document));
                setVersion(newest.value.version);
                clear();
              }}
            >
              Show what stands now
            </Button>
            <Button formAction="none" disabled={!newest.value} onClick={() => newest.value && saveOver(newest.value)}>
              Save mine over it
            </Button>
          </div>
        </Alert>
      ) : (
        others && <Failed refused={others} />
      )}
      {Object.keys(missing).length > 0 && (
        <p role="alert" className="subscriptions-fault">
          Not saved: some fields above need something.
        </p>
      )}
      <div className="button-row">
        <Button variant="link" formAction="none" onClick={onCancel}>
          Cancel
        </Button>
        <Button variant="primary" loading={busy}>
          {base ? "Save" : "Make the subscription"}
        </Button>
      </div>
    </form>
  );
}
