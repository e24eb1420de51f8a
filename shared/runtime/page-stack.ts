import { createHash } from "node:crypto";
import middy from "@middy/core";
import type { PageRoute } from "../contracts/page-routes.ts";
import { callerOf } from "./caller.ts";
import { systemClock } from "./clock.ts";
import type { HttpStack } from "./http-stack.ts";
import { describeError, logger } from "./logger.ts";

export interface PageRequest {
  readonly token: string | undefined;
  /** What a form sent; empty where nothing that is a form came along. */
  readonly form: ReadonlyMap<string, string>;
  readonly now: Date;
}

/** A whole document, with the sheet that stands in its head. */
export interface Page {
  readonly status: number;
  readonly html: string;
}

export type PageUseCase = (request: PageRequest) => Promise<Page>;

/** What a form of ours, or of a mail program, may need; more is not read. */
const MAX_FORM_BYTES = 4_096;

type Event = Parameters<HttpStack>[0];

/** The fields of a form as browsers and mail programs send it. A body that is none of that has no fields. */
async function formOf({ headers, body, isBase64Encoded }: Event): Promise<ReadonlyMap<string, string>> {
  const bytes = Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
  const type = headers["content-type"] ?? "";
  if (bytes.byteLength === 0 || bytes.byteLength > MAX_FORM_BYTES) return new Map();
  try {
    const fields = await new Response(bytes, { headers: { "content-type": type } }).formData();
    return new Map([...fields].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
  } catch {
    return new Map();
  }
}

/** @param sheet the text of the page's only style element, which the policy lets in by its digest */
function headersOf(sheet: string): Record<string, string> {
  const digest = createHash("sha256").update(sheet).digest("base64");
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${digest}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy.join("; "),
    // The address holds what lets whoever has it in: it stays here.
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };
}

/**
 * The shell around a page for people: what goes wrong is a page, too. `broken` is shown for surprises, `elsewhere` where
 * the request did not come through the edge.
 */
export function pageStack(
  route: PageRoute,
  makePage: PageUseCase,
  { sheet, broken, elsewhere }: { readonly sheet: string; readonly broken: Page; readonly elsewhere: Page },
): HttpStack {
  const headers = headersOf(sheet);
  const respond = ({ status, html }: Page) => ({ statusCode: status, headers, body: html });
  const stack = middy<Event>().handler(async (event: Event, context) => {
    logger.resetKeys();
    logger.appendKeys({ requestId: context.awsRequestId });
    try {
      if ("refused" in callerOf(route, event.requestContext.authorizer?.lambda)) return respond(elsewhere);
      const form = route.method === "POST" ? await formOf(event) : new Map<string, string>();
      return respond(await makePage({ token: event.queryStringParameters?.token, form, now: systemClock() }));
    } catch (error) {
      logger.error("surprise", describeError(error));
      return respond(broken);
    }
  });
  return Object.assign(stack, { routeKey: `${route.method} ${route.path}` }) as unknown as HttpStack;
}
