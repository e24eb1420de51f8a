/**
 * @typedef {object} Actions
 * @property {(step: 1 | -1) => void} move to the case after or before
 * @property {(outcome: "uphold" | "overturn") => void} choose
 * @property {(number: number) => void} reason
 * @property {() => void} note
 * @property {() => boolean} send false where there is nothing to send yet, so that Enter keeps its ordinary meaning
 * @property {() => void} help
 */

/** @param {Element} target */
const types = (target) =>
  target.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button])");

/** @param {Element} target whose own arrows choose something else */
const hasArrows = (target) => target.matches("input, select, textarea");

/** @param {Element} target that Enter activates by itself: a case of the queue that is open already has nothing more to do */
const hasEnter = (target) => target.matches("a[href], button:not([aria-current])");

/**
 * Listens for the page's keys. None of them fires while somebody writes, or with a modifier that belongs to the browser.
 * @param {Actions} actions
 */
export function listenForKeys({ move, choose, reason, note, send, help }) {
  /** @type {Readonly<Record<string, () => void>>} */
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    u: () => choose("uphold"),
    o: () => choose("overturn"),
    n: note,
    "?": help,
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!(target instanceof Element) || event.isComposing || event.defaultPrevented || event.altKey) return;
    if (document.querySelector("dialog[open]")) {
      if (key === "?") help();
      return;
    }
    const modified = event.ctrlKey || event.metaKey;
    if (key === "Enter") {
      if ((modified || !(types(target) || hasEnter(target))) && !event.repeat && send()) event.preventDefault();
      return;
    }
    if (key === "Escape" && target instanceof HTMLElement && types(target)) target.blur();
    if (modified || types(target) || (key.startsWith("Arrow") && hasArrows(target))) return;
    if (/^[1-9]$/.test(key)) reason(Number(key));
    else if (Object.hasOwn(keys, key)) keys[key]?.();
    else return;
    event.preventDefault();
  });
}
