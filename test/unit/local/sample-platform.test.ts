import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { drawPicture } from "../../../local/sample/draw-picture.ts";
import { sampleItems } from "../../../local/sample/sample.ts";
import { SAMPLE_LINKS, samplePlatform } from "../../../local/sample/sample-platform.ts";
import { fillLink } from "../../../shared/domain/link-template.ts";
import { defaultSettings, tenantSettings } from "../../../shared/domain/tenant.ts";

interface Sent {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

function get(url: string, method = "GET"): Sent | undefined {
  const sent: Sent = {};
  const response = {
    writeHead(status: number, headers: Record<string, string>) {
      Object.assign(sent, { status, headers });
      return { end: (body: string) => void Object.assign(sent, { body }) };
    },
  };
  const taken = samplePlatform({ url, method } as IncomingMessage, response as unknown as ServerResponse);
  return taken ? sent : undefined;
}

describe("the sample's platform", () => {
  it("draws every picture anew the same, others differently, and nothing that could run", () => {
    const [one, again, other] = [drawPicture("a.1"), drawPicture("a.1"), drawPicture("a.2")];
    expect(one).toBe(again);
    expect(one).not.toBe(other);
    expect(one.length).toBeLessThan(4_000);
    expect(`${one}${drawPicture('"><script>')}`).not.toMatch(/script|on\w+=|href|style/);
  });

  it("has a page for each of the sample's posts, reviews and accounts, and a picture for each medium", () => {
    const items = sampleItems(new Date("2026-11-22T16:00:00Z"));
    const media = items.flatMap((one) => ("media" in one ? (one.media ?? []) : []));
    expect(media.length).toBeGreaterThan(5);
    for (const { id } of media)
      expect(get(fillLink(SAMPLE_LINKS.mediaUrl, { id }) ?? "")?.headers?.["content-type"]).toContain("image/svg+xml");
    const missing = items.filter(({ kind, id, ...one }) => {
      const of = kind === "follow" || kind === "audience" ? ("account" in one ? one.account.id : "") : id;
      const url = fillLink(SAMPLE_LINKS.itemUrl, { kind: kind === "follow" ? "audience" : kind, id: of });
      return get(url ?? "")?.status !== 200;
    });
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  it("shows words as words", () => {
    const hostile = sampleItems(new Date("2026-11-22T16:00:00Z")).find(
      (one) => one.kind === "post" && one.text?.includes("<script>"),
    );
    const { body = "" } = get(`/sample-items/post/${hostile?.id}`) ?? {};
    expect(body).toContain("&lt;script&gt;");
    expect(body).not.toContain("<script>");
  });

  it("answers for nothing else", () => {
    for (const url of ["/", "/v1/cases", "/sample-mediax/1", "/oidc"]) expect(get(url)).toBeUndefined();
    expect(get("/sample-media/a", "POST")).toBeUndefined();
    for (const url of [
      "/sample-media/",
      "/sample-media/a/b",
      "/sample-media/%",
      "/sample-items/post/none",
      "/sample-items/x/y",
    ])
      expect(get(url)?.status).toBe(404);
  });

  it("is what the demo tenant's settings may say", () => {
    expect(tenantSettings.safeParse({ ...defaultSettings("demo"), ...SAMPLE_LINKS }).success).toBe(true);
  });
});
