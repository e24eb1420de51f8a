import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type * as z from "zod";
import { buildConsole } from "../../../console/build.ts";
import type { Person } from "../../../console/session/person.ts";
import { serveConsole } from "../../../local/console-files.ts";
import type { LocalHandler } from "../../../local/gateway/gateway.ts";
import { makeProblem, type Problem, type ProblemCode } from "../../../shared/contracts/problem.ts";
import { type RouteName, routes } from "../../../shared/contracts/routes.ts";
import { StubIssuer, textOf } from "./stub-issuer.ts";

/** A request as a stubbed route is told it: parsed by the route's own contract. */
export interface Asked {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  /** 1 for the first request of this route since the test began. */
  readonly turn: number;
}

type AnswerOf<N extends RouteName> = z.input<(typeof routes)[N]["answer"]["schema"]>;

/** A refusal by its code, as `refuse` makes it. */
interface Refusal {
  readonly refusal: Problem;
}

/** @returns a refusal that a stubbed route answers with. */
export const refuse = (code: ProblemCode, detail = "The stub says so.", more: Partial<Problem> = {}): Refusal => ({
  refusal: { ...makeProblem(code, detail), ...more },
});

type Answerer = (asked: Asked) => unknown;

/** The built console in front of an API that answers as a test says; requests and answers are held against the contracts. */
export class StubApi {
  readonly issuer = new StubIssuer();
  /** Every request of the API since the test began, in order. */
  readonly asked: (Asked & { readonly name: string })[] = [];
  /** Requests that no test has told an answer for, and answers that break their contract. */
  readonly faults: string[] = [];
  /** Access tokens are refused from now on. */
  refusesTokens = false;
  url = "";
  #answers = new Map<string, Answerer>();
  #serve: LocalHandler = () => false;
  readonly #server = createServer((request, response) => void this.#handle(request, response));

  /** Forgets everything that a test has told. */
  reset(person: Partial<Person> = {}): void {
    this.asked.length = 0;
    this.faults.length = 0;
    this.#answers = new Map();
    this.refusesTokens = false;
    this.issuer.refuses = false;
    this.issuer.lasts = 3_600;
    const who = { tenant: "demo", id: "mona", role: "moderator", languages: ["en"], skills: [], queues: [], ...person };
    this.#answers.set("me", () => who);
  }

  /** Says what a route answers: a value, a refusal, or a function of the request; a promise makes it slow. */
  on<N extends RouteName>(
    name: N,
    answer: AnswerOf<N> | Refusal | ((asked: Asked) => AnswerOf<N> | Refusal | Promise<AnswerOf<N> | Refusal>),
  ): void {
    this.#answers.set(name, typeof answer === "function" ? (answer as Answerer) : () => answer);
  }

  async start(): Promise<void> {
    const { folder, files } = await buildConsole();
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    const config = { issuer: `${this.url}/oidc`, clientId: "stub" };
    this.#serve = serveConsole({ folder, files, edge: undefined, config });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await this.issuer.handle(request, response, this.url)) return;
    if (await this.#serve(request, response)) return;
    const { status, body } = await this.#answer(request);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }

  async #answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body: unknown }> {
    const refused = (problem: Problem) => ({ status: problem.status, body: problem });
    const url = new URL(request.url ?? "/", this.url);
    const found = routeOf(request.method ?? "", url.pathname);
    if (!found) return refused(makeProblem("not_found", "The stub has no such route."));
    const sent = await textOf(request);
    if (this.refusesTokens) return refused(makeProblem("invalid_token", "The stub says so."));
    const { name, params } = found;
    const turn = this.asked.filter((one) => one.name === name).length + 1;
    const query = Object.fromEntries(url.searchParams);
    const asked = { params, query, body: sent === "" ? undefined : JSON.parse(sent), turn };
    this.asked.push({ name, ...asked });
    const route = routes[name];
    for (const [part, schema] of [
      ["params", route.params],
      ["query", route.query],
      ["body", "body" in route ? route.body : undefined],
    ] as const)
      if (schema && !schema.safeParse(asked[part]).success) this.#fault(`${name} was asked with a wrong ${part}`);
    const answerer = this.#answers.get(name);
    if (!answerer) {
      this.#fault(`nobody told the stub what ${name} answers`);
      return refused(makeProblem("unavailable", "The stub was not told."));
    }
    const answer = await answerer(asked);
    if (isRefusal(answer)) return refused(answer.refusal);
    const parsed = route.answer.schema.safeParse(answer);
    if (!parsed.success) this.#fault(`the stub's answer of ${name} breaks its contract: ${parsed.error.message}`);
    return { status: route.answer.status, body: parsed.data ?? answer };
  }

  #fault(sentence: string): void {
    this.faults.push(sentence);
  }
}

const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === "object" && answer !== null && "refusal" in answer;

function routeOf(method: string, pathname: string): { name: RouteName; params: Record<string, string> } | undefined {
  for (const [name, route] of Object.entries(routes)) {
    if (route.method !== method) continue;
    const pattern = new RegExp(`^${route.path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
    const match = pattern.exec(pathname);
    if (!match) continue;
    const params = Object.entries(match.groups ?? {}).map(([place, value]) => [place, decodeURIComponent(value)]);
    return { name: name as RouteName, params: Object.fromEntries(params) };
  }
  return undefined;
}
