import type { ServerResponse } from "node:http";
import * as z from "zod";

const messages = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  413: "Request Entity Too Large",
  500: "Internal Server Error",
  503: "Service Unavailable",
} as const;

/** An answer of the gateway's own, in the form of an HTTP API. */
export function answerStatus(response: ServerResponse, status: keyof typeof messages): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ message: messages[status] }));
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const functionAnswer = z.object({
  statusCode: z.int().min(100).max(599),
  headers: z.record(z.string(), scalar).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Sends what the function answered: a response in payload format 2.0, or any other JSON as a body by itself. */
export function answerPayload(response: ServerResponse, payload: string): void {
  const value: unknown = JSON.parse(payload);
  if (typeof value !== "object" || value === null || !("statusCode" in value)) {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(typeof value === "string" ? value : payload);
    return;
  }
  const read = functionAnswer.safeParse(value);
  if (!read.success) {
    answerStatus(response, 500);
    return;
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = read.data;
  response.setHeader("content-type", "text/plain;charset=utf-8");
  for (const [name, one] of Object.entries(headers ?? {})) {
    // The length is the gateway's to say: a function's own would cut or hang the answer.
    if (name.toLowerCase() !== "content-length") response.setHeader(name, String(one));
  }
  if (cookies != null && cookies.length > 0) response.setHeader("set-cookie", cookies);
  response.writeHead(statusCode);
  response.end(Buffer.from(body ?? "", isBase64Encoded === true ? "base64" : "utf8"));
}
