import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { addressOf } from "../../../console/api/call.ts";
import type { AnswerOf, InputOf, RouteName } from "../../../console/api/route-types.ts";
import { buildConsole } from "../../../console/build.ts";
import { bundleFunctions } from "../../../infra/bundle.ts";
import { synthesise } from "../../../infra/synthesise.ts";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { serveConsole } from "../../../local/console-files.ts";
import { DEMO_TENANT, seedDemoTenant } from "../../../local/demo-tenant.ts";
import type { LocalHandler } from "../../../local/gateway/gateway.ts";
import { samplePlatform } from "../../../local/sample/sample-platform.ts";
import type { Problem } from "../../../shared/contracts/problem.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { documentClient, type Table } from "../../../shared/store/table.ts";
import { signIn, signInOf } from "../identity/sign-in.ts";
import { ConsoleBrowser } from "./console-browser.ts";

/** Who can sign in; `nobody` is no member of anything. */
export type UserName = "mona" | "malik" | "sena" | "lena" | "bruno" | "aino" | "ada" | "nobody";

/** What the API answered somebody who asked without the console. */
export type Said<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: number; readonly problem: Problem };

/** A post as tests say it; the rest is ordinary. */
export interface TestPost {
  readonly id: string;
  readonly text: string;
  readonly [field: string]: unknown;
}

/** Milliseconds that everything handed in may take to be scored and queued. */
const PATIENCE_MS = 60_000;

/**
 * The whole system in one process, with the built console and the seeded users, on a data folder of its own: once for each
 * test file. What a test leaves behind the next one finds: give cases ids of their own.
 */
export class ConsoleWorld {
  readonly browser = new ConsoleBrowser();
  readonly #dataDir = mkdtempSync(join(tmpdir(), "touchstone-console-"));
  readonly #tokens = new Map<string, Promise<string>>();
  #cloud: Cloud | undefined;
  #platform = "";

  /** @param environment variables for every function, told while the cloud starts: where a test's own receivers are */
  constructor(environment: () => Promise<Readonly<Record<string, string>>> = async () => ({})) {
    beforeAll(() => this.#start(environment));
    afterAll(async () => {
      await this.#cloud?.close();
      rmSync(this.#dataDir, { recursive: true, force: true });
    });
  }

  get cloud(): Cloud {
    if (!this.#cloud) throw new Error("the cloud is not up");
    return this.#cloud;
  }

  get tenant(): string {
    return DEMO_TENANT;
  }

  /** The table of a stack output, such as `TableCases`: for what the API does not let happen, a lease that is long over. */
  table(output: string): Table {
    return { client: documentClient(), name: this.cloud.outputs[output] ?? "" };
  }

  /** A page of somebody who has just signed in by the provider's own page, at a path of the console. */
  async signIn(user: UserName, path = "/", size?: { readonly width: number; readonly height: number }): Promise<Page> {
    const page = await this.browser.newPage(size);
    await page.goto(`${this.cloud.url}${path}`);
    await page.getByRole("radio", { name: new RegExp(user) }).check();
    await page.getByLabel("Password").fill(signInOf(this.cloud).password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL((url) => url.origin === this.cloud.url && !/^\/(oidc|signed-in)/.test(url.pathname));
    await page.getByRole("main").waitFor();
    return page;
  }

  /** Asks the API as somebody, beside the console: what another person does meanwhile. `platform` is the platform's key. */
  async call<N extends RouteName>(user: UserName | "platform", name: N, input: InputOf<N>): Promise<Said<AnswerOf<N>>> {
    const { method, path } = routes[name];
    const { params, query, body } = input as Readonly<Record<string, Record<string, string> | undefined>>;
    const response = await fetch(`${this.cloud.url}${addressOf(path, params, query)}`, {
      method,
      headers: { authorization: `Bearer ${await this.#token(user)}`, "content-type": "application/json" },
      ...(method === "POST" && { body: JSON.stringify(body ?? {}) }),
    });
    const said = await response.json();
    return response.ok ? { ok: true, value: said } : { ok: false, status: response.status, problem: said };
  }

  /** Like `call`, for what has to work. */
  async must<N extends RouteName>(user: UserName | "platform", name: N, input: InputOf<N>): Promise<AnswerOf<N>> {
    const said = await this.call(user, name, input);
    if (!said.ok) throw new Error(`${name} was refused: ${said.status} ${said.problem.type}`);
    return said.value;
  }

  /** Hands in posts and waits until each is scored and its case, if it makes one, is open. */
  async post(...posts: readonly TestPost[]): Promise<void> {
    const now = new Date().toISOString();
    await this.handIn(
      ...posts.map((post) => ({
        kind: "post",
        revision: "1",
        authorId: `author-of-${post.id}`,
        channelId: "test-channel",
        createdAt: now,
        ...post,
      })),
    );
  }

  /** Hands in items of any kind, as a platform does, and waits until all is quiet. */
  async handIn(...items: readonly unknown[]): Promise<void> {
    const { results } = await this.must("platform", "intake", { body: { items: [...items] } });
    const refused = results.filter(({ status }) => status === "refused");
    if (refused.length > 0) throw new Error(`items were refused: ${JSON.stringify(refused)}`);
    if (!(await this.cloud.idle(PATIENCE_MS))) throw new Error("the cloud did not come to rest");
  }

  #token(user: UserName | "platform"): Promise<string> {
    if (user === "platform") return Promise.resolve(this.#platform);
    const known = this.#tokens.get(user) ?? signIn(this.cloud, user).then(({ accessToken }) => accessToken);
    this.#tokens.set(user, known);
    return known;
  }

  async #start(told: () => Promise<Readonly<Record<string, string>>>): Promise<void> {
    const [environment, built, stacks] = await Promise.all([
      told(),
      buildConsole(),
      bundleFunctions().then(() => synthesise({ nag: false })),
    ]);
    let serve: LocalHandler = () => false;
    const cloud = await startCloud({
      stacks,
      dataDir: this.#dataDir,
      environment,
      before: (request, response) => samplePlatform(request, response) || serve(request, response),
    });
    this.#cloud = cloud;
    Object.assign(process.env, cloud.operatorEnvironment);
    serve = serveConsole({ ...built, edge: cloud.edge, config: cloud.signIn });
    const tokens = await seedDemoTenant(cloud, {});
    this.#platform = tokens.platform;
  }
}
