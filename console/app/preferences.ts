import { useSyncExternalStore } from "react";

/** How one person wants the console to look and behave, in this browser. */
export interface Preferences {
  readonly theme: "system" | "light" | "dark";
  readonly density: "compact" | "comfortable";
  readonly motion: "system" | "reduced";
  /** Keys of one letter; off for whoever speaks to the computer or presses keys by accident. */
  readonly shortcuts: boolean;
  /** Blurs the text of cases with graphic labels until it is asked for. */
  readonly blurText: boolean;
  readonly blurMedia: boolean;
  readonly greyMedia: boolean;
}

export const DEFAULTS: Preferences = {
  theme: "system",
  density: "compact",
  motion: "system",
  shortcuts: true,
  blurText: true,
  blurMedia: true,
  greyMedia: true,
};

const STORED = "touchstone.preferences";
const listeners = new Set<() => void>();
let current = read();

function read(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? "{}");
    const known = Object.entries(stored ?? {}).filter(
      ([name, value]) => name in DEFAULTS && typeof value === typeof DEFAULTS[name as keyof Preferences],
    );
    return { ...DEFAULTS, ...Object.fromEntries(known) };
  } catch {
    return DEFAULTS;
  }
}

/** Changes some of them, in every tab. */
export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(STORED, JSON.stringify(current));
  } catch {
    // A browser that stores nothing keeps them until the page is closed.
  }
  apply();
  for (const listener of listeners) listener();
}

const DARK = "(prefers-color-scheme: dark)";
const STILL = "(prefers-reduced-motion: reduce)";

/** Puts theme, density and motion on the page. */
function apply(): void {
  const dark = current.theme === "dark" || (current.theme === "system" && matchMedia(DARK).matches);
  const { classList } = document.body;
  classList.toggle("awsui-dark-mode", dark);
  classList.toggle("awsui-compact-mode", current.density === "compact");
  classList.toggle("awsui-motion-disabled", current.motion === "reduced" || matchMedia(STILL).matches);
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
}

/** Applies them, and again whenever the system or another tab changes its mind. To be called once. */
export function followPreferences(): void {
  apply();
  for (const query of [DARK, STILL]) matchMedia(query).addEventListener("change", apply);
  addEventListener("storage", ({ key }) => {
    if (key !== STORED) return;
    current = read();
    apply();
    for (const listener of listeners) listener();
  });
}

/** @returns the preferences, and renders again where they change. Change them with `prefer`. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
