import type { TokenSource } from "../api/call.ts";
import { begunSignIn } from "./begun-sign-in.ts";
import { loadConfig, type SessionConfig } from "./config.ts";
import { openProvider, type Provider, type Tokens } from "./oidc.ts";

/** A token that ends within this many milliseconds is renewed before it is sent. */
const MARGIN_MS = 30_000;

export interface Session extends TokenSource {
  /** Whether calls can still be signed; listeners are told once when that ends. */
  ended(): boolean;
  listen(listener: () => void): () => void;
  /** Leaves for the provider, to come back to where the page is now. */
  signInAgain(): Promise<void>;
  /** Forgets the tokens and ends the provider's session. */
  signOut(): Promise<void>;
}

/** How the page begins: signed in, on its way to the provider, signed out by wish, or in front of a fault. */
export type Start =
  | { readonly kind: "signed_in"; readonly session: Session }
  | { readonly kind: "leaving" }
  | { readonly kind: "signed_out"; signIn(): Promise<void> }
  | { readonly kind: "failed"; readonly why: "provider" | "refused" | "stale"; signIn(): Promise<void> };

/** Takes up a sign-in that came back, or begins one. To be called once, before anything is shown. */
export async function startSession(): Promise<Start> {
  let config: SessionConfig;
  let provider: Provider;
  try {
    config = await loadConfig();
    provider = await openProvider(config);
  } catch {
    return { kind: "failed", why: "provider", signIn: async () => location.reload() };
  }
  const leave = async (path: string): Promise<void> => {
    const { address, begun } = await provider.begin(path);
    begunSignIn.keep(begun);
    location.assign(address);
  };
  const here = new URL(location.href);
  const signIn = () => leave(here.pathname === "/signed-in" ? "/" : pathOf(here));

  if (here.pathname === "/signed-in") {
    const begun = begunSignIn.take(here.searchParams.get("state"));
    if (!begun) return { kind: "failed", why: "stale", signIn };
    try {
      const tokens = await provider.finish(here, begun);
      history.replaceState(null, "", begun.path);
      return { kind: "signed_in", session: openSession(provider, tokens, leave) };
    } catch {
      return { kind: "failed", why: "refused", signIn: () => leave(begun.path) };
    }
  }
  if (begunSignIn.wasSignedOut()) return { kind: "signed_out", signIn };
  // A provider that sends the browser back unfinished each time would send it round for ever.
  if (begunSignIn.goesRound()) return { kind: "failed", why: "refused", signIn };
  await signIn();
  return { kind: "leaving" };
}

const pathOf = ({ pathname, search, hash }: URL): string => `${pathname}${search}${hash}`;

function openSession(provider: Provider, first: Tokens, leave: (path: string) => Promise<void>): Session {
  let tokens: Tokens | undefined = first;
  let renewing: Promise<string | undefined> | undefined;
  const listeners = new Set<() => void>();
  const end = (): undefined => {
    if (tokens === undefined) return;
    tokens = undefined;
    for (const listener of listeners) listener();
  };

  const renew = async (): Promise<string | undefined> => {
    if (tokens === undefined) return undefined;
    const old = tokens;
    try {
      tokens = await provider.renew(old);
      return tokens.access;
    } catch (error) {
      // Without a connection nothing is said about the session: the call itself will say that it is offline.
      return error instanceof TypeError ? old.access : end();
    }
  };
  const renewed = async (refused?: string): Promise<string | undefined> => {
    // Another call has renewed it meanwhile; renewing again would use up a token that can be used once.
    if (refused !== undefined && tokens && tokens.access !== refused) return tokens.access;
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    return renewing;
  };

  return {
    token: async () => (tokens && tokens.ends - Date.now() < MARGIN_MS ? renewed() : tokens?.access),
    renewed,
    ended: () => tokens === undefined,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signInAgain: () => leave(pathOf(new URL(location.href))),
    async signOut() {
      const address = provider.signOutAddress(tokens);
      const last = tokens;
      tokens = undefined;
      begunSignIn.noteSignedOut();
      if (last) await provider.revoke(last);
      location.assign(address ?? "/");
    },
  };
}
