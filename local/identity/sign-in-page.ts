import { createHash } from "node:crypto";
import { LOCAL_USERS, type LocalUser } from "./users.ts";

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#8c8c94, #8c8c94); --ink: light-dark(#0f141a, #f0f1f4);
  --paper: light-dark(#ffffff, #161d26); --ground: light-dark(#f3f3f7, #0b1118); --deep: light-dark(#0055b8, #7ab8ff);
  --on-deep: light-dark(#ffffff, #06121f); --bad: light-dark(#b30000, #ff9c9c); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 4vh auto; padding: 1.5rem; background: var(--paper); border-radius: 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
fieldset { border: 0; margin: 1.25rem 0; padding: 0; display: grid; gap: .5rem;
  grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); }
legend, .label { font-weight: 600; padding: 0; margin-bottom: .5rem; display: block; }
label.card { display: flex; gap: .75rem; align-items: start; padding: .6rem .8rem; border: 1px solid var(--line);
  border-radius: .5rem; cursor: pointer; }
label.card:has(:checked) { border-color: var(--deep); box-shadow: inset 0 0 0 1px var(--deep); }
label.card small { display: block; }
input[type="radio"] { margin-top: .35rem; accent-color: var(--deep); }
input[type="password"] { width: 100%; font: inherit; padding: .5rem .7rem; border: 1px solid var(--line);
  border-radius: .5rem; background: var(--paper); color: var(--ink); }
button { font: inherit; font-weight: 600; padding: .5rem 1.5rem; border: 0; border-radius: 1.25rem; margin-top: 1rem;
  background: var(--deep); color: var(--on-deep); cursor: pointer; }
:focus-visible { outline: 2px solid var(--deep); outline-offset: 2px; }
p[role="alert"] { color: var(--bad); font-weight: 600; }
`;
/** Sent at once where somebody's own console asked to sign out: no question is left to answer. */
const SEND = "document.forms[0].requestSubmit()";

const sha = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Of every answer under /oidc. The pages hold one style and at most one script, both known by their digests. */
export const IDENTITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": `default-src 'none'; style-src ${sha(STYLE)}; script-src ${sha(SEND)}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  // Not no-referrer: a form would then be sent with the origin "null", and its origin is what is checked.
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-store",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);

const page = (title: string, body: string): string =>
  `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1>${body}</main></body>
</html>`;

const about = ({ role, languages, brands }: LocalUser): string => {
  if (role === undefined) return "signed in, but a member of nothing";
  return `${role}, ${brands ? brands.join(", ") : languages.join(", ")}`;
};

const card = (user: LocalUser, chosen: string | undefined): string =>
  `<label class="card"><input type="radio" name="user" value="${escaped(user.name)}" required${user.name === chosen ? " checked" : ""}>
<span>${escaped(user.name)}<small>${escaped(about(user))}</small></span></label>`;

/** @param wrong who tried with a password that is not the right one */
export function signInPage(action: string, wrong?: string): string {
  const cards = LOCAL_USERS.map((user) => card(user, wrong)).join("\n");
  const alert =
    wrong === undefined ? "" : `<p role="alert" id="wrong">That is not the password that npm start printed.</p>`;
  return page(
    "Sign in to Touchstone",
    `<p>One machine, made-up people. Everybody has the password that <code>npm start</code> printed.</p>${alert}
<form method="post" action="${escaped(action)}">
<fieldset><legend>Who are you?</legend>${cards}</fieldset>
<label class="label" for="password">Password</label>
<input type="password" id="password" name="password" required autocomplete="current-password"${wrong === undefined ? "" : ' aria-invalid="true" aria-describedby="wrong" autofocus'}>
<button type="submit">Sign in</button>
</form>`,
  );
}

/**
 * @param form the provider's own, which holds what proves that the request came from here
 * @param atOnce whether it is sent without asking
 */
export function signOutPage(form: string, atOnce: boolean): string {
  const body = `<p>Your work is kept.</p>${form}
<input type="hidden" form="op.logoutForm" name="logout" value="yes">
<button type="submit" form="op.logoutForm">Sign out</button>${atOnce ? `<script>${SEND}</script>` : ""}`;
  return page("Sign out of Touchstone", body);
}

/** After signing out, where nothing said where to go. */
export const signedOutPage = (): string => page("Signed out of Touchstone", "<p>You can close this window.</p>");

/** @param code one of OAuth's, such as `invalid_request` */
export const faultPage = (code: string): string =>
  page("That did not work", `<p>The sign-in was refused (${escaped(code)}). Open the console again.</p>`);
