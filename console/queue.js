import { byId, element } from "./element.js";
import { ACTIONS, duration, LANES, SURFACES } from "./words.js";

/** @typedef {import("./api.js").CaseSummary} CaseSummary */

const MOST_CHIPS = 3;

/** @type {Map<string, { row: HTMLElement, shown: string }>} */
const rows = new Map();

/**
 * The labels as words in chips, the strongest three.
 * @param {{ title: string }[]} labels
 */
function chips(labels) {
  const shown = labels.slice(0, MOST_CHIPS).map(({ title }) => element("li", { class: "chip" }, title));
  const rest = labels.length - shown.length;
  if (rest > 0) shown.push(element("li", { class: "quiet" }, `+${rest} more`));
  return element("ul", { class: "chips" }, ...shown);
}

/** @param {CaseSummary} summary */
function content(summary) {
  const place = SURFACES[summary.surface] ?? summary.surface;
  const isPrivate = summary.visibility === "private";
  return [
    element(
      "span",
      { class: "line" },
      element("strong", { class: "lane" }, LANES[summary.lane] ?? summary.lane),
      element("span", {}, ACTIONS[summary.action] ?? summary.action),
      element("span", { class: "wait" }, `waiting ${duration(summary.ageSeconds)}`),
    ),
    chips(summary.labels),
    element(
      "span",
      { class: "line quiet" },
      element("span", {}, `Severity ${summary.severity} of 7`),
      element("span", {}, isPrivate ? `private ${place}` : place),
    ),
  ];
}

/**
 * Writes into the row only what has changed, so that a refresh disturbs neither the focus nor a screen reader.
 * @param {CaseSummary} summary
 * @param {boolean} chosen
 */
function update(summary, chosen) {
  const known = rows.get(summary.id);
  const row = known?.row ?? element("li", {}, element("button", { type: "button", "data-case": summary.id }));
  const button = /** @type {HTMLElement} */ (row.firstElementChild);
  const shown = JSON.stringify([{ ...summary, ageSeconds: duration(summary.ageSeconds) }]);
  if (known?.shown !== shown) {
    button.replaceChildren(...content(summary));
    row.dataset.lane = summary.lane;
    rows.set(summary.id, { row, shown });
  }
  if (chosen) button.setAttribute("aria-current", "true");
  else button.removeAttribute("aria-current");
  button.tabIndex = chosen ? 0 : -1;
  return row;
}

/**
 * Shows the queue. Rows keep their place on the screen; one that has gone is taken out, a new one is put in.
 * @param {CaseSummary[]} cases in fair order, as the server gave them
 * @param {string | undefined} chosen id of the open case
 */
export function showQueue(cases, chosen) {
  const list = byId("cases");
  const wanted = cases.map((summary) => update(summary, summary.id === chosen));
  const kept = new Set(cases.map(({ id }) => id));
  for (const [id, { row }] of rows) {
    if (kept.has(id)) continue;
    row.remove();
    rows.delete(id);
  }
  wanted.forEach((row, index) => {
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  });
  const first = wanted[0]?.firstElementChild;
  if (first instanceof HTMLElement && !wanted.some((row) => row.querySelector("[aria-current]"))) first.tabIndex = 0;
}

/**
 * Puts the keyboard's focus on a case of the queue, and that case into view.
 * @param {string} id
 */
export function focusCase(id) {
  const button = rows.get(id)?.row.firstElementChild;
  if (button instanceof HTMLElement) button.focus({ preventScroll: false });
}

/**
 * Calls back with the id of a case that somebody clicks.
 * @param {(id: string) => void} choose
 */
export function onChoose(choose) {
  byId("cases").addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button[data-case]") : null;
    if (button instanceof HTMLElement && button.dataset.case) choose(button.dataset.case);
  });
}
