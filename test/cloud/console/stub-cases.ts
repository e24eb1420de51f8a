import type * as z from "zod";
import type { routes } from "../../../shared/contracts/routes.ts";
import { DECISION_REASON_TEXTS } from "../../../shared/domain/decision-reasons.ts";
import { LABELS, type LabelScore } from "../../../shared/domain/label.ts";
import type { StubApi } from "./stub-api.ts";

export type CaseView = z.input<(typeof routes)["get-case"]["answer"]["schema"]>;
export type Summary = z.input<(typeof routes)["list-cases"]["answer"]["schema"]>["cases"][number];

type Judgement = z.output<NonNullable<(typeof routes)["decide"]["body"]>>;
type Found = Pick<LabelScore, "label" | "severity" | "probability" | "spans">;

/** A case id of the right length that begins with `name`. */
export const caseId = (name: string): string => name.padEnd(22, "x");

const ORDINARY: readonly Found[] = [{ label: "insult", severity: 4, probability: 0.94, spans: [[11, 16]] }];

/** What a test says of a case; the rest is ordinary. */
export interface Told extends Partial<Omit<CaseView, "verdict" | "id">> {
  readonly name: string;
  readonly text?: string;
  readonly found?: readonly Found[];
  readonly verdict?: Partial<CaseView["verdict"]>;
}

export const minutesFromNow = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

export const claimOf = (by: string, minutes: number, mine = by === "mona") => ({
  by,
  at: minutesFromNow(0),
  until: minutesFromNow(minutes),
  mine,
});

export function viewOf({ name, text = "You are an idiot.", found = ORDINARY, verdict, ...more }: Told): CaseView {
  const at = minutesFromNow(-12);
  return {
    id: caseId(name),
    state: "open",
    queue: "default",
    lane: "medium",
    ref: { kind: "post", id: `post-${name}`, revision: "1" },
    openedAt: at,
    version: 1,
    notes: [],
    links: {},
    content: { text, excerpt: false },
    guidance: {
      policy: { id: "touchstone-default", version: 3, title: "Community standards" },
      rules: [{ rule: "insults", action: "hold", guidance: "Banter between people who know each other is fine." }],
      labels: [{ label: "insult", title: LABELS.insult, guidance: "Aimed at a person, not at what they did." }],
      reasons: DECISION_REASON_TEXTS.map((text) => ({ ...text, outcomes: [...text.outcomes] })),
    },
    ...more,
    verdict: {
      digest: "d".repeat(22),
      action: "hold",
      severity: Math.max(...found.map(({ severity }) => severity)),
      labels: found.map((one) => ({ ...one, score: 1, reasons: [], source: "text-lexicon", version: "1" })),
      features: {},
      policy: { id: "touchstone-default", version: 3, rule: "insults", reasonCode: "insult" },
      models: ["text-lexicon@1"],
      status: "complete",
      language: "en",
      authorId: "grimjaw77",
      channelId: "baking-corner",
      visibility: "public",
      surface: "comment",
      brandIds: [],
      receivedAt: at,
      scoredAt: at,
      explanation: found.map(({ label }) => ({
        label,
        title: LABELS[label],
        why: ["Aims an insult at a person."],
        laws: [],
      })),
      decided: [{ rule: "insults", action: "hold", why: "The chance of an insult is .94; the rule holds from .8." }],
      ...verdict,
    },
  };
}

export const summaryOf = (view: CaseView): Summary => ({
  id: view.id,
  state: view.state,
  queue: view.queue,
  lane: view.lane,
  ref: view.ref,
  openedAt: view.openedAt,
  version: view.version,
  action: view.verdict.action,
  severity: view.verdict.severity,
  labels: view.verdict.labels.map(({ label, probability }) => ({ label, title: LABELS[label], probability })),
  surface: view.verdict.surface,
  visibility: view.verdict.visibility,
  ...(view.verdict.language !== undefined && { language: view.verdict.language }),
  ageSeconds: 720,
  size: view.cluster?.size ?? 1,
  ...(view.claim && { claim: view.claim }),
  escalated: view.escalation !== undefined,
});

const AUTHOR = {
  id: "grimjaw77",
  firstSeen: minutesFromNow(-90_000),
  lastSeen: minutesFromNow(-12),
  about: { ageDays: 812, verified: true },
  counted: {
    items: 3,
    actions: { allow: 1, flag: 2, hold: 0, block: 0 },
    labels: [{ label: "insult", title: LABELS.insult, items: 2 }],
    decisions: { uphold: 1, overturn: 0, correct: 0, escalate: 0 },
    open: 1,
  },
  items: [
    {
      ref: { kind: "post", id: "earlier", revision: "1" },
      at: minutesFromNow(-3_000),
      action: "flag",
      severity: 3,
      labels: [{ label: "insult", title: LABELS.insult, probability: 0.7 }],
      surface: "comment",
      visibility: "public",
      case: { id: caseId("earlier"), state: "decided", outcome: "uphold", decidedAt: minutesFromNow(-2_900) },
    },
  ],
} as const satisfies z.input<(typeof routes)["get-author"]["answer"]["schema"]>;

type Queues = z.input<(typeof routes)["list-queues"]["answer"]["schema"]>;

const depthOf = (waiting: number): Queues => ({
  version: 1,
  queues: [
    {
      name: "default",
      rules: [],
      lanes: [
        { lane: "severe_safety", waiting: 1, oldestSeconds: 60 },
        { lane: "medium", waiting, oldestSeconds: 720 },
      ],
    },
    { name: "appeals", rules: [], lanes: [{ lane: "low", waiting: 0 }] },
  ],
});

/** Has the stub answer all that the workbench asks, of these cases; tests put their own answers over it. */
export function tellCases(api: StubApi, views: readonly CaseView[]): void {
  const byId = new Map(views.map((view) => [view.id, view]));
  const open = () => [...byId.values()].filter(({ state }) => state === "open");
  const of = (id = ""): CaseView => {
    const view = byId.get(id);
    if (!view) throw new Error(`no case ${id}`);
    return view;
  };
  const changed = (view: CaseView) => {
    byId.set(view.id, view);
    const { id, state, queue, version, claim } = view;
    return { id, state, queue, version, ...(claim && { claim }) };
  };
  const claimed = (id = "") => changed({ ...of(id), claim: claimOf("mona", 10) });
  const released = (id = "") => {
    const { claim: _, ...free } = of(id);
    return changed(free);
  };
  api.on("list-queues", depthOf(views.length));
  api.on("list-cases", () => ({ cases: open().map(summaryOf) }));
  api.on("get-case", ({ params }) => of(params.id));
  api.on("get-author", AUTHOR);
  api.on("list-cluster", { members: [] });
  api.on("look-at-case", { others: [] });
  api.on("claim-case", ({ params }) => claimed(params.id));
  api.on("extend-claim", ({ params }) => claimed(params.id));
  api.on("release-case", ({ params }) => released(params.id));
  api.on("next-case", () => {
    const next = open().find(({ claim }) => !claim);
    return next ? { case: claimed(next.id) } : {};
  });
  api.on("decide", ({ params, body }) => {
    const { version: _, ...made } = body as Judgement;
    const { claim: __, ...view } = of(params.id);
    const decision = { ...made, by: "mona", at: minutesFromNow(0) };
    const { id, state, version } = changed({ ...view, state: "decided", version: view.version + 1, decision });
    return { id, state, version, decision };
  });
  api.on("undo-decision", ({ params }) => {
    const { decision: _, ...view } = of(params.id);
    return changed({ ...view, state: "open", version: view.version + 1 });
  });
}
