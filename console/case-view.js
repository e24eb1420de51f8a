import { element, present } from "./element.js";
import { visible, withEvidence } from "./evidence.js";
import { ACTIONS, LANES, moment, percent, REASONS, SURFACES, WINDOWS } from "./words.js";

/** @typedef {import("./api.js").CaseView} CaseView */
/** @typedef {import("./api.js").Decision} Decision */

/** @type {Readonly<Record<string, string>>} */
const WITHHELD = {
  no_text: "This case is about an account's followers; there are no words to read.",
  erased: "The author was erased; nothing that they wrote can be read any more.",
  private: "This message is private, so its words are withheld. Judge by the findings below, or ask the platform.",
  expired: "The words are no longer kept: their time is over, or policy did not let us keep them.",
};

/**
 * What people wrote, apart from our own words: in its own direction, nothing in it able to act on the page.
 * @param {string} tag
 * @param {...(string | HTMLElement)} children
 */
const words = (tag, ...children) => element(tag, { class: "words", dir: "auto", translate: "no" }, ...children);

/** @param {CaseView} view */
function said({ content, contentWithheld, verdict }) {
  if (!content)
    return element("p", { class: "withheld" }, WITHHELD[contentWithheld ?? "expired"] ?? "The words are withheld.");
  const titles = new Map(verdict.explanation.map(({ label, title }) => [label, title]));
  const labels = verdict.labels.map(({ label, spans }) => ({ title: titles.get(label) ?? label, spans }));
  const text = content.excerpt ? visible(content.text) : withEvidence(content.text, labels);
  return element(
    "div",
    { class: "said" },
    content.excerpt && element("p", { class: "quiet" }, "A short excerpt; the findings are not marked in it."),
    content.title ? words("h3", ...visible(content.title)) : null,
    content.text === "" ? element("p", { class: "withheld" }, "No words: media only.") : words("p", ...text),
  );
}

/** @param {CaseView} view */
function reasons({ verdict }) {
  const scores = new Map(verdict.labels.map((score) => [score.label, score]));
  const findings = verdict.explanation.map(({ label, title, why }) => {
    const score = scores.get(label);
    return element(
      "li",
      {},
      element("span", { class: "chip" }, title),
      score &&
        element("span", { class: "quiet" }, ` severity ${score.severity} of 7, ${percent(score.probability)} likely`),
      element("ul", { class: "why" }, ...why.map((sentence) => element("li", {}, sentence))),
    );
  });
  return element("ul", { class: "findings" }, ...findings);
}

/** @param {[string, (string | Node | false)[]][]} pairs */
const facts = (pairs) =>
  element(
    "dl",
    { class: "facts" },
    ...pairs.map(([term, values]) =>
      element("div", {}, element("dt", {}, term), element("dd", {}, ...present(values))),
    ),
  );

/** @param {string} iso */
const time = (iso) => element("time", { datetime: iso }, moment(iso));

/** @param {string} id */
const code = (id) => element("code", {}, id);

/**
 * @param {CaseView["verdict"]} verdict
 * @returns {[string, (string | Node | false)[]]}
 */
const rated = ({ targetId = "", features }) => [
  "Target",
  [code(targetId), features.rating !== undefined && `, rated ${features.rating} of 5`],
];

/**
 * When the account gained followers far above its usual rate.
 * @param {CaseView["verdict"]["audience"]} audience
 * @returns {[string, (string | Node | false)[]][]}
 */
const windowsOf = (audience) =>
  (audience?.windows ?? []).map(({ start, end, followers, kind }) => [
    WINDOWS[kind] ?? kind,
    [`${followers} followers from `, time(start), " to ", time(end)],
  ]);

/**
 * What is known of the case. The author's reach is not part of it: it must not sway a decision.
 * @param {CaseView} view
 */
function known({ ref, queue, openedAt, verdict }) {
  const { policy } = verdict;
  const place = SURFACES[verdict.surface] ?? verdict.surface;
  return facts([
    ["Item", [`${ref.kind} `, code(ref.id), ", revision ", code(ref.revision)]],
    ["Place", verdict.channelId ? [`${verdict.visibility} ${place} in `, code(verdict.channelId)] : [place]],
    ...(verdict.targetId ? [rated(verdict)] : []),
    [ref.kind === "audience" ? "Account" : "Author", [code(verdict.authorId)]],
    ...windowsOf(verdict.audience),
    ["Policy", [`${policy.id}, version ${policy.version}, rule “${policy.rule}”, reason `, code(policy.reasonCode)]],
    ["Models", [verdict.models.join(", ") || "none"]],
    ["Received", [time(verdict.receivedAt)]],
    ["Scored", [time(verdict.scoredAt), verdict.status === "degraded" && " (a part of the analysis did not answer)"]],
    ["Opened", [time(openedAt), `, queue “${queue}”`]],
  ]);
}

/**
 * How the case was decided.
 * @param {Decision} decision
 */
export const decided = ({ outcome, reason, by, at, note }) =>
  element(
    "section",
    { class: "decided", "aria-label": "Decision" },
    element("h3", {}, outcome === "uphold" ? "Upheld" : "Overturned"),
    element("p", {}, `${REASONS[reason] ?? reason}.`),
    note ? words("p", ...visible(note)) : null,
    element("p", { class: "quiet" }, "by ", code(by), ", ", time(at)),
  );

/**
 * The case for reading: heading, words, findings, facts. The decision is shown or asked for by the caller, between the
 * findings and the facts.
 * @param {CaseView} view
 * @param {HTMLElement} decision
 * @returns {HTMLElement[]}
 */
export function caseView(view, decision) {
  const { verdict, lane } = view;
  const [first] = verdict.explanation;
  const heading = [ACTIONS[verdict.action] ?? verdict.action, first?.title].filter(Boolean).join(": ");
  return [
    element(
      "header",
      { "data-lane": lane },
      element("h2", { tabindex: "-1" }, heading),
      element(
        "p",
        { class: "line" },
        element("strong", { class: "lane" }, LANES[lane] ?? lane),
        element("span", {}, `Severity ${verdict.severity} of 7`),
        verdict.visibility === "private" && element("span", { class: "chip" }, "private"),
      ),
    ),
    said(view),
    element("h3", {}, "Why"),
    reasons(view),
    decision,
    element("h3", {}, "Facts"),
    known(view),
  ];
}
