import { type Fault, makeProblem } from "../contracts/problem.ts";
import { readJson, readUtf8 } from "./read-json.ts";
import type { Result } from "./result.ts";

/** Largest request body in bytes: what Lambda takes (6 MB), less the envelope that the gateway adds around it. */
export const MAX_BODY_BYTES = 5_000_000;

interface BodyEvent {
  readonly headers: Record<string, string | undefined>;
  readonly body?: string | undefined;
  readonly isBase64Encoded: boolean;
}

const refusal = (code: Parameters<typeof makeProblem>[0], fault: Fault): Result<never> => ({
  ok: false,
  problem: makeProblem(code, fault.detail, [fault]),
});

/** The JSON body of a request. @returns the value, or the problem: wrong type, too large, not UTF-8, not JSON. */
export function readBody(event: BodyEvent): Result<unknown> {
  const type = event.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json")
    return refusal("wrong_content_type", {
      pointer: "header:content-type",
      detail: "The body has to be sent as application/json.",
      fix: "send `Content-Type: application/json`",
    });
  const bytes = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (bytes.byteLength > MAX_BODY_BYTES)
    return refusal("too_large", {
      pointer: "",
      detail: `The body has ${bytes.byteLength} bytes; the limit is ${MAX_BODY_BYTES}.`,
      fix: "send fewer items in one request",
    });
  const text = readUtf8(bytes);
  if (text === undefined)
    return refusal("malformed_json", {
      pointer: "",
      detail: "The body is not UTF-8.",
      fix: "encode the JSON as UTF-8",
    });
  const read = readJson(text);
  if (!read.ok) return refusal("malformed_json", read.fault);
  return { ok: true, value: read.value };
}
