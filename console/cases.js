import { getCase, listCases, sendDecision } from "./api.js";
import { caseView, decided } from "./case-view.js";
import { DecisionForm } from "./decision-form.js";
import { byId, element } from "./element.js";
import { listenForKeys } from "./keyboard.js";
import { focusCase, onChoose, showQueue } from "./queue.js";

/** @typedef {import("./api.js").CaseSummary} CaseSummary */
/** @typedef {import("./api.js").CaseView} CaseView */

const PAGE = 50;
const REFRESH_MS = 3_000;
const NARROW = matchMedia("(max-width: 719px)");
const SESSION_OVER =
  "Your session is over. Open the link that npm start printed; press Enter in its terminal for a new one.";

/**
 * `open` and `form` belong to the case of the address, or are undefined while that is read; `unread`: reading it failed.
 * `decided`: cases decided here, which a list that was on its way at that moment may still hold.
 * @type {{ cases: CaseSummary[], more: boolean, wanted: number, decided: Set<string>, sending: boolean,
 *   unread: boolean, open?: CaseView | undefined, form?: DecisionForm | undefined }}
 */
const state = { cases: [], more: false, wanted: PAGE, decided: new Set(), sending: false, unread: false };

const openId = () => /^#([A-Za-z0-9_-]{22})$/.exec(location.hash)?.[1];

/** @param {string} sentence "" where nothing is wrong */
function showTrouble(sentence) {
  const banner = byId("trouble");
  banner.hidden = sentence === "";
  if (banner.textContent !== sentence) banner.textContent = sentence;
}

/** @param {{ why: string, detail: string }} answer */
const troubleOf = ({ why, detail }) =>
  why === "session" ? SESSION_OVER : why === "offline" ? `${detail}; trying again every few seconds.` : `${detail}.`;

/**
 * @param {string} sentence
 * @param {"good" | "mind"} [tone] "mind" where somebody must not overlook it
 */
function announce(sentence, tone = "good") {
  const result = byId("result");
  result.dataset.tone = tone;
  result.textContent = sentence;
}

function showList() {
  const { cases, more } = state;
  showQueue(cases, openId());
  const count = `${cases.length}${more ? "+" : ""}`;
  byId("count").textContent = `${count} waiting`;
  document.title = `(${count}) Open cases · Touchstone`;
  byId("more").hidden = !more;
  const empty = byId("empty");
  empty.hidden = cases.length > 0;
  empty.textContent = "No open cases. New ones appear here by themselves, the gravest and longest waiting first.";
}

/** Reads as many pages as somebody has asked to see. */
async function refresh() {
  /** @type {CaseSummary[]} */
  const cases = [];
  /** @type {string | undefined} */
  let cursor;
  do {
    const answer = await listCases(PAGE, cursor);
    if (!answer.ok) return showTrouble(troubleOf(answer));
    cases.push(...answer.value.cases);
    cursor = answer.value.cursor;
  } while (cursor && cases.length < state.wanted);
  showTrouble("");
  state.cases = cases.filter(({ id }) => !state.decided.has(id));
  state.more = cursor !== undefined;
  showList();
  await followOpenCase();
}

/** Opens the first case where none is open yet, and notices when somebody else decides the one that is. */
async function followOpenCase() {
  const id = openId();
  const first = state.cases[0];
  if (!id) {
    if (first && !NARROW.matches) await openCase(first.id);
    else if (!first) byId("detail").replaceChildren();
    return;
  }
  if (state.unread) return loadCase(id);
  const listed = state.cases.find((one) => one.id === id);
  const gone = !listed && !state.more && state.open?.state === "open";
  if (state.sending || !state.open || !(gone || (listed && listed.version !== state.open.version))) return;
  announce("This case has just changed. This is how it stands now.", "mind");
  await loadCase(id);
}

/** @param {string} id */
async function loadCase(id) {
  const note = state.open?.id === id ? state.form?.note.value : undefined;
  const answer = await getCase(id);
  if (openId() !== id) return;
  forgetCase();
  const detail = byId("detail");
  detail.inert = false;
  state.unread = !answer.ok && answer.why !== "missing";
  if (!answer.ok) {
    if (state.unread) showTrouble(troubleOf(answer));
    const sentence = state.unread ? "This case could not be read." : "There is no such case.";
    detail.replaceChildren(element("p", { class: "empty" }, sentence));
    return;
  }
  const view = answer.value;
  state.open = view;
  if (view.state === "open") {
    state.form = new DecisionForm({ version: view.version, send });
    state.form.note.value = note ?? "";
  }
  const decision = state.form?.root ?? (view.decision ? decided(view.decision) : element("p"));
  detail.replaceChildren(...caseView(view, decision));
}

/** A key pressed while the next case is read must not decide the one before. */
function forgetCase() {
  state.open = undefined;
  state.form = undefined;
  state.unread = false;
}

/**
 * Opens a case. Its id stands in the address, so that "back" works on a phone and a case can be linked to.
 * @param {string} id
 */
async function openCase(id) {
  const address = `#${id}`;
  if (NARROW.matches && !openId()) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  await showOpenCase();
}

async function showOpenCase() {
  const id = openId();
  document.body.classList.toggle("reading", id !== undefined);
  showQueue(state.cases, id);
  forgetCase();
  if (!id) return;
  byId("detail").inert = true;
  await loadCase(id);
  byId("case").scrollTop = 0;
}

/** @param {1 | -1} step */
async function move(step) {
  const { cases } = state;
  const at = cases.findIndex(({ id }) => id === openId());
  const next = cases[at < 0 ? 0 : Math.max(0, Math.min(at + step, cases.length - 1))];
  if (!next || next.id === openId()) return;
  announce("");
  const opened = openCase(next.id);
  focusCase(next.id);
  await opened;
}

/** Puts the focus where reading goes on: on a narrow screen the queue is hidden. @param {string} id */
function focusOpenCase(id) {
  if (NARROW.matches) byId("detail").querySelector("h2")?.focus();
  else focusCase(id);
}

/** Takes the decided case out of the list and, where it is still open, goes on to the one that follows. @param {string} id */
async function leaveCase(id) {
  const at = state.cases.findIndex((one) => one.id === id);
  state.decided.add(id);
  state.cases = state.cases.filter((one) => one.id !== id);
  const next = state.cases[Math.min(Math.max(at, 0), state.cases.length - 1)];
  showList();
  if (openId() !== id) return;
  if (next) {
    await openCase(next.id);
    focusOpenCase(next.id);
  } else {
    byId("detail").replaceChildren();
    history.replaceState(null, "", location.pathname);
    await showOpenCase();
  }
}

async function send() {
  const { open, form } = state;
  if (!open || !form || state.sending) return;
  const made = form.read();
  if (!made) return;
  state.sending = true;
  form.busy = true;
  const answer = await sendDecision(open.id, made);
  state.sending = false;
  form.busy = false;
  if (answer.ok) {
    const what = made.outcome === "uphold" ? "Upheld." : "Overturned.";
    await leaveCase(open.id);
    announce(state.cases.length > 0 ? `${what} Here is the next case.` : `${what} That was the last one.`);
  } else if (answer.why === "conflict") {
    announce("Somebody was faster: your decision was not stored. This is how the case stands now.", "mind");
    if (openId() === open.id) await loadCase(open.id);
  } else {
    if (answer.why === "session") showTrouble(SESSION_OVER);
    form.hint.textContent = `Your decision is not stored yet (${answer.detail}). It is still here: send it again.`;
  }
}

function toggleHelp() {
  const help = /** @type {HTMLDialogElement} */ (byId("help"));
  if (help.open) help.close();
  else help.showModal();
}

onChoose(async (id) => {
  announce("");
  await openCase(id);
  if (NARROW.matches) focusOpenCase(id);
});
byId("more").addEventListener("click", () => {
  state.wanted += PAGE;
  void refresh();
});
byId("back").addEventListener("click", () => {
  const id = openId();
  history.replaceState(null, "", location.pathname);
  void showOpenCase();
  if (id) focusCase(id);
});
byId("show-help").addEventListener("click", toggleHelp);
byId("hide-help").addEventListener("click", toggleHelp);
byId("skip").addEventListener("click", (event) => {
  // The address names the open case; following the link would close it.
  event.preventDefault();
  byId("case").focus();
});
addEventListener("popstate", () => void showOpenCase());
listenForKeys({
  move: (step) => void move(step),
  choose: (outcome) => state.form?.choose(outcome),
  reason: (number) => state.form?.chooseReason(number),
  note: () => state.form?.note.focus(),
  send: () => {
    if (!state.form?.outcome) return false;
    void send();
    return true;
  },
  help: toggleHelp,
});

async function run() {
  if (openId()) await showOpenCase();
  for (;;) {
    if (!document.hidden) await refresh();
    await new Promise((done) => setTimeout(done, REFRESH_MS));
  }
}
void run();
