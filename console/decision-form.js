import { element } from "./element.js";
import { REASONS, REASONS_FOR } from "./words.js";

/** @typedef {import("./api.js").MadeDecision} MadeDecision */
/** @typedef {keyof typeof REASONS_FOR} Outcome */

const MOST_NOTE = 2000;

/**
 * @param {Outcome} outcome
 * @param {string} title
 * @param {string} key
 */
const choice = (outcome, title, key) =>
  element(
    "label",
    { class: "choice" },
    element("input", { type: "radio", name: "outcome", value: outcome }),
    element("span", {}, `${title} `, element("kbd", {}, key)),
  );

/** @param {string} value */
const isOutcome = (value) => /** @returns {value is Outcome} */ value === "uphold" || value === "overturn";

/** The form that asks for a decision on one case at one version. */
export class DecisionForm {
  /** @type {{ said: string, id: string } | undefined} */
  #sent;
  #version;

  /** @param {{ version: number, send: () => void }} options `version` of the case that the moderator sees */
  constructor({ version, send }) {
    this.#version = version;
    this.reason = /** @type {HTMLSelectElement} */ (element("select", { id: "reason", disabled: true }));
    this.note = /** @type {HTMLTextAreaElement} */ (
      element("textarea", { id: "note", rows: "3", maxlength: String(MOST_NOTE), dir: "auto" })
    );
    this.button = /** @type {HTMLButtonElement} */ (element("button", { class: "send" }, "Send decision"));
    this.hint = element("p", { class: "hint", role: "alert" });
    this.root = /** @type {HTMLFormElement} */ (
      element(
        "form",
        { class: "decision", "aria-label": "Decision" },
        element(
          "fieldset",
          {},
          element("legend", {}, "Was the policy right?"),
          choice("uphold", "Uphold", "u"),
          choice("overturn", "Overturn", "o"),
        ),
        element("label", { for: "reason" }, "Reason"),
        this.reason,
        element(
          "label",
          { for: "note" },
          "Note ",
          element("span", { class: "quiet" }, "optional, up to 2,000 characters"),
        ),
        this.note,
        this.hint,
        this.button,
      )
    );
    this.#offer(undefined);
    this.root.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLInputElement) this.choose(target.value);
      this.hint.textContent = "";
    });
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      send();
    });
  }

  /** The outcome chosen so far. @returns {string | undefined} */
  get outcome() {
    return this.root.querySelector(/** @type {"input"} */ ("input[name=outcome]:checked"))?.value;
  }

  /**
   * Chooses an outcome and offers its reasons; a reason chosen before stays if it fits.
   * @param {string} outcome
   */
  choose(outcome) {
    if (!isOutcome(outcome)) return;
    for (const input of this.root.querySelectorAll(/** @type {"input"} */ ("input[name=outcome]")))
      input.checked = input.value === outcome;
    this.#offer(/** @type {Outcome} */ (outcome));
    this.hint.textContent = "";
  }

  /**
   * Chooses a reason by its number in the list.
   * @param {number} number from 1
   */
  chooseReason(number) {
    if (this.reason.disabled || number < 1 || number >= this.reason.options.length) return;
    this.reason.selectedIndex = number;
    this.hint.textContent = "";
  }

  /** @param {Outcome | undefined} outcome */
  #offer(outcome) {
    const before = this.reason.value;
    const reasons = outcome ? REASONS_FOR[outcome] : [];
    const first = element("option", { value: "" }, outcome ? "Choose a reason…" : "First choose uphold or overturn");
    const options = reasons.map((reason, index) =>
      element("option", { value: reason }, `${index + 1}  ${REASONS[reason]}`),
    );
    this.reason.replaceChildren(first, ...options);
    this.reason.disabled = !outcome;
    this.reason.value = reasons.some((reason) => reason === before) ? before : "";
  }

  /**
   * The decision as filled in, or undefined with a hint and the focus at what is missing. The same decision keeps its
   * id, so that sending it again after a lost answer decides nothing twice.
   * @returns {MadeDecision | undefined}
   */
  read() {
    const { outcome } = this;
    const reason = this.reason.value;
    const note = this.note.value.trim();
    if (!outcome) return this.#missing("Choose first: uphold (u) or overturn (o).", this.root.querySelector("input"));
    if (!reason) return this.#missing("Choose the reason, with the mouse or by its number.", this.reason);
    if (reason === "other" && !note) return this.#missing("Say the other reason in the note.", this.note);
    const said = JSON.stringify([outcome, reason, note]);
    if (this.#sent?.said !== said) this.#sent = { said, id: crypto.randomUUID().replace(/[^A-Za-z0-9_-]/g, "") };
    return { id: this.#sent.id, outcome, reason, version: this.#version, ...(note ? { note } : {}) };
  }

  /**
   * @param {string} sentence
   * @param {HTMLElement | null} field
   */
  #missing(sentence, field) {
    this.hint.textContent = sentence;
    field?.focus();
    return undefined;
  }

  /** While a decision is on its way. @param {boolean} busy */
  set busy(busy) {
    this.button.disabled = busy;
    this.button.textContent = busy ? "Sending…" : "Send decision";
  }
}
