import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { useRef, useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAct } from "../../api/use-act.ts";
import { roles } from "../../facts/settings.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { faultsAt } from "../../parts/field-faults.ts";
import { Failed } from "../../parts/states.tsx";
import { ROLE_TITLES } from "../../session/role-titles.ts";
import { ListField, listOf } from "./listed.tsx";

const ROLES = roles.map((role) => ({
  value: role,
  label: ROLE_TITLES[role].title,
  description: ROLE_TITLES[role].does,
}));

type Role = (typeof roles)[number];

/** Makes a key, then shows its token, once. */
export function CreateKey({ onClose }: { onClose(): void }) {
  const { cache } = useApi();
  const [made, setMade] = useState<AnswerOf<"create-key">>();
  const { act, busy, refused } = useAct("create-key");
  const [role, setRole] = useState<Role>("platform");
  const [brands, setBrands] = useState("");
  const [days, setDays] = useState("");
  const { of, others } = faultsAt(refused, { role: ["/role"], brands: ["/brands"], days: ["/days"] });
  const isNumber = days.trim() === "" || /^\d{1,4}$/.test(days.trim());
  const make = async () => {
    if (!isNumber) return;
    const answer = await act({
      body: {
        role,
        ...(role === "brand" && { brands: listOf(brands) }),
        ...(days.trim() !== "" && { days: Number(days) }),
      },
    });
    if (!answer.ok) return;
    setMade(answer.value);
    cache.drop("list-keys");
  };
  if (made) return <Token made={made} onClose={onClose} />;
  return (
    <Dialog
      title="Make a key"
      onClose={onClose}
      keys={[{ keys: "Mod+Enter", title: "Make the key", run: () => void make(), inFields: true }]}
      footer={
        <span className="settings-buttons">
          <Button variant="link" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" loading={busy} onClick={() => void make()}>
            Make the key
          </Button>
        </span>
      }
    >
      <div className="settings-form">
        {others && <Failed refused={others} />}
        <FormField label="Role" errorText={of("role")} stretch>
          <Select
            expandToViewport
            options={ROLES}
            selectedOption={ROLES.find(({ value }) => value === role) ?? null}
            onChange={({ detail }) => setRole(roles.find((one) => one === detail.selectedOption.value) ?? role)}
          />
        </FormField>
        {role === "brand" && (
          <ListField
            label="Brands"
            description="Ids of the brands whose things it may read, with commas."
            value={brands}
            error={of("brands")}
            onChange={setBrands}
          />
        )}
        <FormField
          label="Days until it ends"
          description="None: it works until it is revoked."
          errorText={isNumber ? of("days") : "A whole number of days."}
          stretch
        >
          <Input value={days} inputMode="numeric" onChange={({ detail }) => setDays(detail.value)} />
        </FormField>
      </div>
    </Dialog>
  );
}

function Token({ made: { key, token }, onClose }: { readonly made: AnswerOf<"create-key">; onClose(): void }) {
  const [copied, setCopied] = useState<boolean>();
  const words = useRef<HTMLElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(token);
      setCopied(true);
    } catch {
      // Without leave to use the clipboard the person copies it by hand: it is selected for them.
      if (words.current) getSelection()?.selectAllChildren(words.current);
      setCopied(false);
    }
  };
  return (
    <Dialog
      title={`key:${key.id}`}
      onClose={onClose}
      footer={
        <span className="settings-buttons">
          <Button iconName="copy" onClick={() => void copy()}>
            Copy the token
          </Button>
          <Button variant="primary" onClick={onClose}>
            I have kept it
          </Button>
        </span>
      }
    >
      <div className="settings-form">
        <Alert type="warning" statusIconAriaLabel="Warning">
          This is the only time that the token is shown. Keep it where secrets are kept; if it is lost, make another key
          and revoke this one.
        </Alert>
        <code className="settings-token" ref={words}>
          {token}
        </code>
        <div role="status">
          {copied === true && "Copied."}
          {copied === false && "The browser does not let us copy: the token is selected, copy it by hand."}
        </div>
      </div>
    </Dialog>
  );
}
