import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { errors } from "oidc-provider";
import { answerStatus } from "../gateway/answer.ts";
import type { LocalHandler } from "../gateway/gateway.ts";
import type { SignInPlan } from "../template/kinds/sign-in.ts";
import { openProvider, SIGN_IN_PATH } from "./provider.ts";
import type { IdentitySecrets } from "./secrets.ts";
import { faultPage, IDENTITY_HEADERS, signInPage } from "./sign-in-page.ts";
import { LOCAL_USERS, subOf } from "./users.ts";

const same = (a: string, b: string): boolean => {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
};

/** A sign-in form holds a name and a password: more is not read. */
const FORM_LIMIT = 4_096;

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of request) if (text.length <= FORM_LIMIT) text += String(chunk);
  return new URLSearchParams(text.length > FORM_LIMIT ? "" : text);
}

/** Serves the issuer: the provider's own endpoints, and our page of sign-in. Requests elsewhere are left to others. */
export function mountIdentity(plan: SignInPlan, secrets: IdentitySecrets, log: (line: string) => void): LocalHandler {
  const { origin, host, pathname: mount } = new URL(plan.issuer);
  const provider = openProvider(plan, secrets);
  const serve = provider.callback();
  provider.on("server_error", (_context, error) => log(`identity: ${error.name}`));

  const send = (response: ServerResponse, status: number, html: string): void => {
    response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(html);
  };

  /** The interaction is the browser's own by a signed cookie that other sites cannot have sent. */
  async function signIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { uid } = await provider.interactionDetails(request, response);
    const action = `${mount}${SIGN_IN_PATH}/${uid}`;
    if (request.method === "GET") return send(response, 200, signInPage(action));
    if (request.method !== "POST") return answerStatus(response, 404);
    if (request.headers.origin !== origin) return answerStatus(response, 403);
    const form = await formOf(request);
    const user = LOCAL_USERS.find(({ name }) => name === form.get("user"));
    const right = same(form.get("password")?.trim() ?? "", secrets.password);
    if (!user || !right) return send(response, 401, signInPage(action, user?.name ?? ""));
    const login = { accountId: subOf(user.name), remember: true };
    await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  }

  return async (request, response) => {
    const [path = ""] = (request.url ?? "").split("?");
    if (path !== mount && !path.startsWith(`${mount}/`)) return false;
    for (const [name, value] of Object.entries(IDENTITY_HEADERS)) response.setHeader(name, value);
    // A page of another site could point a name of its own at 127.0.0.1: only the issuer's own name is answered.
    if (request.headers.host !== host) {
      answerStatus(response, 403);
      return true;
    }
    if (path.startsWith(`${mount}${SIGN_IN_PATH}/`)) {
      await signIn(request, response).catch((error: unknown) => {
        if (!(error instanceof errors.OIDCProviderError)) throw error;
        send(response, 400, faultPage(error.error));
      });
      return true;
    }
    // The provider finds out by the difference where it is mounted.
    Object.assign(request, { originalUrl: request.url });
    request.url = request.url?.slice(mount.length) || "/";
    await serve(request, response);
    return true;
  };
}
