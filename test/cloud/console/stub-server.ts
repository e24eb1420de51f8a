import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import type * as z from "zod";
import { makeProblem, type ProblemCode } from "../../../shared/contracts/problem.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { LABELS, type LabelScore } from "../../../shared/domain/label.ts";

const FOLDER = new URL("../../../console/", import.meta.url);
const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript" };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:";

type CaseView = z.infer<(typeof routes)["get-case"]["answer"]["schema"]>;
type Sent = z.infer<NonNullable<(typeof routes)["decide"]["body"]>>;

type Labels = Pick<LabelScore, "label" | "severity" | "probability" | "spans">[];

/** What a test says of a case; the rest is ordinary. */
export interface Told {
  readonly id: string;
  readonly text?: string;
  readonly excerpt?: boolean;
  readonly withheld?: "private" | "expired";
  readonly lane?: CaseView["lane"];
  readonly labels?: Labels;
  readonly why?: string;
}

const AT = "2026-11-22T15:00:00.000Z";
const ORDINARY: Labels = [{ label: "insult", severity: 4, probability: 0.94, spans: [] }];

function viewOf(told: Told): CaseView {
  const labels: Labels = [...(told.labels ?? ORDINARY)];
  const visibility = told.withheld === "private" ? "private" : "public";
  return {
    id: told.id,
    state: "open",
    queue: "default",
    lane: told.lane ?? "medium",
    ref: { kind: "post", id: `post-${told.id.slice(0, 4)}`, revision: "1" },
    openedAt: AT,
    version: 1,
    notes: [],
    verdict: {
      digest: "d".repeat(22),
      action: "hold",
      severity: Math.max(...labels.map(({ severity }) => severity)),
      labels: labels.map((one) => ({ ...one, score: 1, reasons: [], source: "text-lexicon", version: "1" })),
      features: {},
      policy: { id: "touchstone-default", version: 1, rule: "insult", reasonCode: "insult" },
      models: ["text-lexicon@1"],
      status: "complete",
      authorId: "grimjaw77",
      channelId: "baking-corner",
      visibility,
      surface: visibility === "private" ? "message" : "comment",
      brandIds: [],
      receivedAt: AT,
      scoredAt: AT,
      explanation: labels.map(({ label }) => ({
        label,
        title: LABELS[label],
        why: [told.why ?? "Aims an insult at a person."],
        laws: [],
      })),
    },
    ...(told.withheld
      ? { contentWithheld: told.withheld }
      : { content: { text: told.text ?? "You are an idiot.", excerpt: told.excerpt ?? false } }),
  };
}

const summaryOf = ({ verdict, content: _, contentWithheld: __, decision: ___, ...rest }: CaseView) => ({
  ...rest,
  action: verdict.action,
  severity: verdict.severity,
  labels: verdict.labels.map(({ label, probability }) => ({ label, title: LABELS[label], probability })),
  surface: verdict.surface,
  visibility: verdict.visibility,
  ageSeconds: 754,
});

const decidedOf = ({ id, state, version, decision }: CaseView) =>
  routes.decide.answer.schema.parse({ id, state, version, decision });

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return JSON.parse(body);
}

/** The console's folder and the three routes that it calls, from memory; every answer is held against its contract. */
export class StubServer {
  readonly cases = new Map<string, CaseView>();
  readonly decisions: { readonly caseId: string; readonly body: Sent }[] = [];
  signedIn = true;
  /** Milliseconds that reading a case takes. */
  slowness = 0;
  /** The next decision is stored, and its answer lost on the way. */
  losesAnswer = false;
  readonly #server = createServer((request, response) => void this.#handle(request, response));

  tell(cases: readonly Told[]): void {
    this.cases.clear();
    this.decisions.length = 0;
    this.signedIn = true;
    this.slowness = 0;
    for (const told of cases) this.cases.set(told.id, viewOf(told));
  }

  /** Decides as another moderator would, behind the page's back. */
  decideElsewhere(id: string): void {
    const view = this.cases.get(id);
    if (!view) throw new Error(`no case ${id}`);
    const decision = {
      id: "elsewhere",
      outcome: "overturn",
      reason: "honest_criticism",
      by: "key:other",
      at: AT,
    } as const;
    this.cases.set(id, { ...view, state: "decided", version: view.version + 1, decision });
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const refuse = (code: ProblemCode) => json(makeProblem(code, "").status, makeProblem(code, "The stub says so."));
    if (!pathname.startsWith("/v1/")) return this.#file(pathname, response);
    if (!this.signedIn) return void refuse("missing_key");
    const [, , , id, decisions] = pathname.split("/");
    if (!id)
      return void json(200, this.#list(Number(searchParams.get("limit")), Number(searchParams.get("cursor") ?? 0)));
    const view = this.cases.get(id);
    if (!view) return void refuse("not_found");
    if (!decisions) await new Promise((done) => setTimeout(done, this.slowness));
    if (!decisions) return void json(200, routes["get-case"].answer.schema.parse(view));
    const body = routes.decide.body?.parse(await bodyOf(request)) as Sent;
    this.decisions.push({ caseId: id, body });
    if (view.decision?.id === body.id) return void json(200, decidedOf(view));
    if (view.state === "decided") return void refuse("case_decided");
    if (body.version !== view.version) return void refuse("case_changed");
    const { version: _, note, ...made } = body;
    const decision = { ...made, ...(note === undefined ? {} : { note }), by: "key:me", at: AT };
    const next: CaseView = { ...view, state: "decided", version: view.version + 1, decision };
    this.cases.set(id, next);
    if (!this.losesAnswer) return void json(200, decidedOf(next));
    this.losesAnswer = false;
    // Headers first: a connection that breaks before any answer is tried again by the browser itself.
    response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
    response.write("{", () => response.destroy());
  }

  #list(limit: number, from: number) {
    const open = [...this.cases.values()].filter(({ state }) => state === "open").map(summaryOf);
    const cursor = from + limit < open.length ? { cursor: String(from + limit) } : {};
    return routes["list-cases"].answer.schema.parse({ cases: open.slice(from, from + limit), ...cursor });
  }

  async #file(pathname: string, response: ServerResponse): Promise<void> {
    const name = pathname === "/" ? "index.html" : pathname.slice(1);
    const type = TYPES[extname(name)] ?? "application/octet-stream";
    try {
      const body = await readFile(new URL(name, FOLDER));
      response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }
}
