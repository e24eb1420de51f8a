import Box from "@cloudscape-design/components/box";
import { Dialog } from "../parts/dialog.tsx";
import type { KeyBinding, KeyRegistry } from "./key-registry.ts";

const SIGNS: Readonly<Record<string, string>> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  " ": "Space",
};

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);
const signOf = (key: string): string =>
  key
    .split("+")
    .map((part) => (part === "Mod" ? (isApple ? "⌘" : "Ctrl") : (SIGNS[part] ?? part)))
    .join(" ");

export type Listed = ReturnType<KeyRegistry["active"]>;

interface KeyHelpProps {
  /** As it was before this dialog opened, which has keys of its own. */
  readonly listed: Listed;
  onClose(): void;
}

/** The keys that are active where the person is now. */
export function KeyHelp({ listed, onClose }: KeyHelpProps) {
  return (
    <Dialog title="Keys" onClose={onClose} keys={[{ keys: "?", title: "Close the list of keys", run: onClose }]}>
      {listed.map(({ scope, bindings }) => (
        <section key={scope} className="key-list">
          <h3>{scope === "global" ? "Everywhere" : `In: ${scope}`}</h3>
          <dl>
            {bindings.map((binding) => (
              <Row key={binding.title} binding={binding} />
            ))}
          </dl>
        </section>
      ))}
      <Box color="text-body-secondary">
        Keys rest while you write and while a dialog is open; Esc leaves a field. Keys of one letter can be switched off
        under Preferences.
      </Box>
    </Dialog>
  );
}

function Row({ binding: { keys, title } }: { readonly binding: KeyBinding }) {
  const all = typeof keys === "string" ? [keys] : keys;
  return (
    <div>
      <dt>
        {all.map((key) => (
          <kbd key={key}>{signOf(key)}</kbd>
        ))}
      </dt>
      <dd>{title}</dd>
    </div>
  );
}
