import Button from "@cloudscape-design/components/button";
import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";

/** A message above the page. */
export interface Flash {
  /** A later one with the same id takes its place. */
  readonly id?: string;
  readonly type: "success" | "info" | "warning" | "error";
  readonly content: ReactNode;
  readonly action?: { readonly title: string; run(): void };
  /** Seconds after which it goes; errors stay until they are closed where this is left out, others 6 seconds. */
  readonly seconds?: number;
}

export interface Flashes {
  /** Shows one, and reads it out. @returns its id */
  flash(flash: Flash): string;
  dismiss(id: string): void;
}

const ORDINARY_SECONDS = 6;

interface Standing extends Flash {
  readonly id: string;
  readonly seconds: number;
}

const FlashesContext = createContext<Flashes | undefined>(undefined);
const StandingContext = createContext<readonly Standing[]>([]);

export function FlashesProvider({ children }: { readonly children: ReactNode }) {
  const [standing, setStanding] = useState<readonly Standing[]>([]);
  const last = useRef(0);
  const dismiss = useCallback((id: string) => setStanding((all) => all.filter((one) => one.id !== id)), []);
  const flash = useCallback((made: Flash) => {
    last.current += 1;
    const id = made.id ?? `flash-${last.current}`;
    const seconds = made.seconds ?? (made.type === "error" ? 0 : ORDINARY_SECONDS);
    setStanding((all) => [{ ...made, id, seconds }, ...all.filter((one) => one.id !== id)]);
    return id;
  }, []);
  const flashes = useMemo(() => ({ flash, dismiss }), [flash, dismiss]);
  return (
    <FlashesContext value={flashes}>
      <StandingContext value={standing}>{children}</StandingContext>
    </FlashesContext>
  );
}

/** @returns what shows and takes away messages. */
export function useFlashes(): Flashes {
  const flashes = useContext(FlashesContext);
  if (!flashes) throw new Error("useFlashes outside of a FlashesProvider");
  return flashes;
}

/** The messages themselves. Their time stands still while one of them is pointed at or has the focus. */
export function FlashList() {
  const standing = useContext(StandingContext);
  const { dismiss } = useFlashes();
  const [held, setHeld] = useState(false);

  useEffect(() => {
    if (held) return;
    const timers = standing
      .filter(({ seconds }) => seconds > 0)
      .map(({ id, seconds }) => setTimeout(() => dismiss(id), seconds * 1_000));
    return () => timers.forEach(clearTimeout);
  }, [standing, held, dismiss]);

  const items = standing.map(
    ({ id, type, content, action }): FlashbarProps.MessageDefinition => ({
      id,
      type,
      content,
      dismissible: true,
      dismissLabel: "Close this message",
      statusIconAriaLabel: { success: "Done", info: "Note", warning: "Warning", error: "Error" }[type],
      ariaRole: type === "error" ? "alert" : "status",
      onDismiss: () => dismiss(id),
      ...(action && {
        action: (
          <Button
            onClick={() => {
              dismiss(id);
              action.run();
            }}
          >
            {action.title}
          </Button>
        ),
      }),
    }),
  );
  return (
    <section
      aria-label="Messages"
      className="flashes"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Flashbar items={items} i18nStrings={{ ariaLabel: "All messages" }} />
    </section>
  );
}
