import { createContext, type ReactNode, useCallback, useContext, useState } from "react";

const AnnouncerContext = createContext<(sentence: string) => void>(() => {});

/** Says sentences to screen readers; nothing of it can be seen. */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState({ sentence: "", turn: 0 });
  const say = useCallback((sentence: string) => setSaid(({ turn }) => ({ sentence, turn: turn + 1 })), []);
  return (
    <AnnouncerContext value={say}>
      {children}
      <div className="unseen" aria-live="polite" data-announcer>
        {/* A new element each time: the same sentence said twice has to be read twice. */}
        <p key={said.turn}>{said.sentence}</p>
      </div>
    </AnnouncerContext>
  );
}

/** @returns what says a sentence to screen readers, politely: "Case 3 of 20, insult". */
export const useAnnounce = (): ((sentence: string) => void) => useContext(AnnouncerContext);
