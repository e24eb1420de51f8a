import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { usePreferences } from "../app/preferences.ts";
import { type KeyBinding, type KeyRegistry, keyRegistry } from "./key-registry.ts";

const KeysContext = createContext<KeyRegistry | undefined>(undefined);

/** Listens for keys once for the whole page. */
export function KeysProvider({ children }: { readonly children: ReactNode }) {
  const [registry] = useState(keyRegistry);
  const { shortcuts } = usePreferences();
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      if (registry.handle(event, shortcuts)) return;
      leaveField(event);
    };
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, [registry, shortcuts]);
  return <KeysContext value={registry}>{children}</KeysContext>;
}

/** Escape leaves a field for the panel around it, so that keys work again without the mouse. */
function leaveField({ key, target, defaultPrevented }: KeyboardEvent): void {
  const field = target instanceof HTMLElement && target.matches("input, textarea") ? target : undefined;
  if (key !== "Escape" || defaultPrevented || field?.getAttribute("aria-expanded") !== null) return;
  if (field.closest("[role=dialog]")) return;
  const panel = field.closest<HTMLElement>("[data-panel]");
  if (panel) panel.focus();
  else field.blur();
}

/** @returns the registry itself: to activate a panel, or to list what is active. */
export function useKeyRegistry(): KeyRegistry {
  const registry = useContext(KeysContext);
  if (!registry) throw new Error("useKeys outside of a KeysProvider");
  return registry;
}

/** Keys of a scope for as long as the component is there: `global`, a panel's, or a dialog's. */
export function useKeys(scope: string, bindings: readonly KeyBinding[]): void {
  const registry = useKeyRegistry();
  const newest = useRef(bindings);
  newest.current = bindings;
  useEffect(() => registry.add(scope, () => newest.current), [registry, scope]);
}
