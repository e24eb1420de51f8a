import type { Begun } from "./oidc.ts";

const BEGUN = "touchstone.sign-in.";
const TURNS = "touchstone.turns";
const OUT = "touchstone.signed-out";
const TURNS_ALLOWED = 4;
const TURN_MS = 20_000;

/** What a tab remembers between leaving for the provider and coming back; never a token. */
export const begunSignIn = {
  keep(begun: Begun): void {
    sessionStorage.setItem(`${BEGUN}${begun.state}`, JSON.stringify(begun));
  },

  /** What was kept under a state, once; undefined where this tab began no such sign-in. */
  take(state: string | null): Begun | undefined {
    const text = state === null ? null : sessionStorage.getItem(`${BEGUN}${state}`);
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(BEGUN)) sessionStorage.removeItem(key);
    if (text === null) return undefined;
    sessionStorage.removeItem(TURNS);
    return JSON.parse(text) as Begun;
  },

  noteSignedOut(): void {
    sessionStorage.setItem(OUT, "1");
  },

  /** Whether the tab has just signed out; asked once. */
  wasSignedOut(): boolean {
    const was = sessionStorage.getItem(OUT) !== null;
    sessionStorage.removeItem(OUT);
    return was;
  },

  /** Whether the tab left for the provider several times within seconds and never came back signed in. */
  goesRound(): boolean {
    const now = Date.now();
    const turns = [...(JSON.parse(sessionStorage.getItem(TURNS) ?? "[]") as number[]), now].filter(
      (at) => now - at < TURN_MS,
    );
    sessionStorage.setItem(TURNS, JSON.stringify(turns));
    if (turns.length <= TURNS_ALLOWED) return false;
    sessionStorage.removeItem(TURNS);
    return true;
  },
};
