import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Asked, Empty, Failed } from "../../parts/states.tsx";
import { ROLE_TITLES } from "../../session/role-titles.ts";
import { languageWord } from "../queue/case-words.ts";

interface HandOverProps {
  readonly id: string;
  /** Held by whoever hands it over; leads may take others' cases, for themselves too. */
  readonly isMine: boolean;
  onClose(): void;
  onDone(): void;
}

/** Hands the case to another member, who has it for an hour. */
export function HandOver({ id, isMine, onClose, onDone }: HandOverProps) {
  const shown = useAnswer("list-colleagues", {}, { fresh: 60_000 });
  const { act, busy, refused } = useAct("transfer-case");
  const { flash } = useFlashes();
  const [to, setTo] = useState<string>();
  const hand = async () => {
    if (to === undefined) return;
    const answer = await act({ params: { id }, body: { to } });
    if (!answer.ok) return;
    flash({ type: "success", content: `Handed over to ${to}, who has it for an hour.` });
    onClose();
    onDone();
  };
  return (
    <Dialog
      title="Hand the case over"
      onClose={onClose}
      footer={
        <Button variant="primary" disabled={to === undefined} loading={busy} onClick={() => void hand()}>
          Hand over
        </Button>
      }
    >
      <Asked shown={shown}>
        {({ colleagues }) => {
          const options = colleagues
            .filter(({ me }) => !(me && isMine))
            .map(({ id: value, role, languages, me }) => ({
              value,
              label: me ? `${value} (you)` : value,
              description: [ROLE_TITLES[role].title, ...languages.map(languageWord)].join(", "),
            }));
          if (options.length === 0) return <Empty title="Nobody else works at this desk yet" />;
          return (
            <FormField label="To" description="They have the case for an hour.">
              <Select
                expandToViewport
                filteringType={options.length > 8 ? "auto" : "none"}
                placeholder="Choose a colleague"
                options={options}
                selectedOption={options.find(({ value }) => value === to) ?? null}
                onChange={({ detail }) => setTo(detail.selectedOption.value)}
              />
            </FormField>
          );
        }}
      </Asked>
      {refused && <Failed refused={refused} />}
    </Dialog>
  );
}
