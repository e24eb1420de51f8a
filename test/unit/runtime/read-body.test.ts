import { describe, expect, it } from "vitest";
import { MAX_BODY_BYTES, readBody } from "../../../shared/runtime/read-body.ts";

const json = { "content-type": "application/json" };
const event = (body: string | undefined, headers: Record<string, string> = json, isBase64Encoded = false) => ({
  headers,
  body,
  isBase64Encoded,
});
const typeOf = (read: ReturnType<typeof readBody>) => (read.ok ? "ok" : read.problem.type.split(":").at(-1));

describe("the body of a request", () => {
  it.each(["application/json", "application/json; charset=utf-8", "Application/JSON ;charset=UTF-8"])(
    "is read as %s",
    (type) => {
      expect(readBody(event('{"a":"😀"}', { "content-type": type }))).toEqual({ ok: true, value: { a: "😀" } });
    },
  );

  it.each([
    undefined,
    "",
    "text/plain",
    "application/json5",
    "text/json",
    "application/problem+json",
    "multipart/form-data",
  ])("is refused as %s", (type) => {
    const read = readBody(event("{}", type === undefined ? {} : { "content-type": type }));
    expect(read).toMatchObject({ ok: false, problem: { status: 415, errors: [{ pointer: "header:content-type" }] } });
  });

  it("may come in base64", () => {
    expect(readBody(event(Buffer.from('{"a":"Zoë"}').toString("base64"), json, true))).toEqual({
      ok: true,
      value: { a: "Zoë" },
    });
  });

  it("must be UTF-8", () => {
    const latin1 = Buffer.from('{"a":"Zo\u00eb"}', "latin1").toString("base64");
    expect(readBody(event(latin1, json, true))).toMatchObject({
      ok: false,
      problem: { status: 400, detail: "The body is not UTF-8." },
    });
  });

  it("must be there and be JSON", () => {
    for (const body of [undefined, "", "{", "a=b"]) expect(typeOf(readBody(event(body)))).toBe("malformed_json");
  });

  it("has a limit in bytes, of the body as sent", () => {
    const wide = (bytes: number) => `"${"é".repeat((bytes - 2) / 2)}"`;
    expect(typeOf(readBody(event(wide(MAX_BODY_BYTES))))).toBe("ok");
    const over = readBody(event(wide(MAX_BODY_BYTES + 2)));
    expect(over).toMatchObject({ ok: false, problem: { status: 413, detail: expect.stringContaining("5000002") } });
    expect(typeOf(readBody(event(Buffer.from(wide(MAX_BODY_BYTES)).toString("base64"), json, true)))).toBe("ok");
  });
});
