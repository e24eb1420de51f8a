/** One key with what it does, as the list of keys shows it. */
export interface KeyBinding {
  /** `event.key`, such as `j`, `?`, `Enter`, `ArrowDown`; `Mod+Enter` for Control or Command with it. Several do the same. */
  readonly keys: string | readonly string[];
  readonly title: string;
  /** False: nothing was done, and the browser does what it would. */
  run(event: KeyboardEvent): unknown;
  /** False: there, but not now; neither fires nor is listed. */
  readonly when?: boolean;
  /** Fires again while the key is held down. */
  readonly repeats?: boolean;
  /** Fires in fields too; only for keys with `Mod+`, and Escape. */
  readonly inFields?: boolean;
}

/** `global` is active unless a dialog is open; a panel's while it is the active panel; a dialog's while it is on top. */
export interface KeyRegistry {
  /** @returns what takes them away again. */
  add(scope: string, bindings: () => readonly KeyBinding[]): () => void;
  activate(panel: string): void;
  panel(): string | undefined;
  /** A dialog with a scope of its own: until it is closed nothing else fires. @returns what closes it. */
  openDialog(scope: string): () => void;
  /** What would fire now, by scope, innermost first. */
  active(): readonly { readonly scope: string; readonly bindings: readonly KeyBinding[] }[];
  listen(listener: () => void): () => void;
  /** @returns whether a binding took the event. */
  handle(event: KeyboardEvent, shortcuts: boolean): boolean;
}

const WRITING =
  "textarea, select, input:not([type=radio], [type=checkbox], [type=button], [type=submit]), [contenteditable]:not([contenteditable=false]), [role=textbox], [role=combobox], [role=listbox], [role=menu]";
const HAS_ENTER = "a[href], button, summary, [role=button], [role=link], [role=menuitem], [role=option], [role=tab]";
const HAS_ARROWS = "input, [role=tab], [role=radio], [role=slider], [role=tree], [role=grid]";
const MODAL = "[role=dialog][aria-modal=true]";

const asList = (keys: string | readonly string[]): readonly string[] => (typeof keys === "string" ? [keys] : keys);
const nameOf = ({ key, ctrlKey, metaKey }: KeyboardEvent): string => (ctrlKey || metaKey ? `Mod+${key}` : key);

/** Whether the element does something of its own with this key. */
function isTaken(target: Element, key: string): boolean {
  if (target.closest(WRITING)) return true;
  if ((key === "Enter" || key === " ") && target.closest(HAS_ENTER)) return true;
  return key.startsWith("Arrow") && target.closest(HAS_ARROWS) !== null;
}

export function keyRegistry(): KeyRegistry {
  const added = new Map<string, Set<() => readonly KeyBinding[]>>();
  const dialogs: string[] = [];
  const listeners = new Set<() => void>();
  let panel: string | undefined;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const bindingsOf = (scope: string): readonly KeyBinding[] =>
    [...(added.get(scope) ?? [])].flatMap((bindings) => bindings()).filter(({ when = true }) => when);

  const registry: KeyRegistry = {
    add(scope, bindings) {
      const own = added.get(scope) ?? new Set();
      added.set(scope, own.add(bindings));
      return () => own.delete(bindings);
    },
    activate(name) {
      if (panel === name) return;
      panel = name;
      tell();
    },
    panel: () => panel,
    openDialog(scope) {
      dialogs.push(scope);
      tell();
      return () => {
        dialogs.splice(dialogs.lastIndexOf(scope), 1);
        tell();
      };
    },
    active() {
      const top = dialogs.at(-1);
      const scopes = top === undefined ? [...(panel === undefined ? [] : [panel]), "global"] : [top];
      return scopes
        .map((scope) => ({ scope, bindings: bindingsOf(scope) }))
        .filter(({ bindings }) => bindings.length > 0);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    handle(event, shortcuts) {
      if (event.defaultPrevented || event.isComposing || event.altKey) return false;
      const target = event.target instanceof Element ? event.target : document.body;
      // Somebody else's modal covers the page: whatever lies under it must not hear its keys.
      if (dialogs.length === 0 && document.querySelector(MODAL)) return false;
      const name = nameOf(event);
      const plain = !name.startsWith("Mod+");
      const found = registry
        .active()
        .flatMap(({ bindings }) => bindings)
        .find(
          ({ keys, inFields = false, repeats = false }) =>
            asList(keys).includes(name) &&
            (!event.repeat || repeats) &&
            (inFields || !(plain ? isTaken(target, event.key) : target.closest(WRITING))) &&
            (shortcuts || !plain || event.key.length > 1),
        );
      if (!found || found.run(event) === false) return false;
      event.preventDefault();
      return true;
    },
  };
  return registry;
}
