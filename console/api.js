/**
 * @typedef {{ label: string, title: string, probability: number }} SummaryLabel
 * @typedef {{ kind: string, id: string, revision: string }} ItemRef
 * @typedef {{ id: string, state: "open" | "decided", queue: string, lane: string, ref: ItemRef, openedAt: string,
 *   version: number, action: string, severity: number, labels: SummaryLabel[], surface: string,
 *   visibility: "public" | "private", ageSeconds: number }} CaseSummary
 * @typedef {{ label: string, probability: number, severity: number, spans: [number, number][], source: string,
 *   version: string }} LabelScore
 * @typedef {{ id: string, outcome: "uphold" | "overturn", reason: string, by: string, at: string, note?: string }} Decision
 * @typedef {{ action: string, severity: number, labels: LabelScore[], models: string[], status: "complete" | "degraded",
 *   policy: { id: string, version: number, rule: string, reasonCode: string }, authorId: string, channelId: string,
 *   visibility: "public" | "private", surface: string, brandIds: string[], receivedAt: string, scoredAt: string,
 *   explanation: { label: string, title: string, why: string[] }[] }} Verdict
 * @typedef {{ id: string, state: "open" | "decided", queue: string, lane: string, ref: ItemRef, openedAt: string,
 *   version: number, verdict: Verdict, content?: { text: string, title?: string, excerpt: boolean },
 *   contentWithheld?: "private" | "expired", decision?: Decision }} CaseView
 * @typedef {{ id: string, outcome: string, reason: string, version: number, note?: string }} MadeDecision
 */

/**
 * An answer, or why there is none. `session`: signed out; `conflict`: somebody was faster; `offline`: no server.
 * @template T
 * @typedef {{ ok: true, value: T } | { ok: false, why: "session" | "conflict" | "missing" | "offline" | "refused", detail: string }} Answer
 */

const PATIENCE_MS = 15_000;
const WHY = /** @type {const} */ ({ 401: "session", 404: "missing", 409: "conflict" });

/**
 * What a problem document says, in one line. Falls back to the status where the body is none.
 * @param {Response} response
 */
async function describe(response) {
  try {
    const { title, detail } = await response.json();
    return [title, detail].filter((part) => typeof part === "string").join(". ") || `status ${response.status}`;
  } catch {
    return `status ${response.status}`;
  }
}

/**
 * @template T
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<Answer<T>>}
 */
async function call(path, options) {
  try {
    const response = await fetch(path, { ...options, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.ok) return { ok: true, value: await response.json() };
    const why = WHY[/** @type {401 | 404 | 409} */ (response.status)] ?? "refused";
    return { ok: false, why, detail: await describe(response) };
  } catch {
    return { ok: false, why: "offline", detail: "The server does not answer" };
  }
}

/**
 * One page of open cases in fair order.
 * @param {number} limit
 * @param {string} [cursor]
 * @returns {Promise<Answer<{ cases: CaseSummary[], cursor?: string }>>}
 */
export const listCases = (limit, cursor) =>
  call(`/v1/cases?${new URLSearchParams({ limit: String(limit), ...(cursor ? { cursor } : {}) })}`);

/**
 * @param {string} id
 * @returns {Promise<Answer<CaseView>>}
 */
export const getCase = (id) => call(`/v1/cases/${encodeURIComponent(id)}`);

/**
 * @param {string} id of the case
 * @param {MadeDecision} made
 * @returns {Promise<Answer<{ id: string, state: string, version: number, decision: Decision }>>}
 */
export const sendDecision = (id, made) =>
  call(`/v1/cases/${encodeURIComponent(id)}/decisions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(made),
  });
