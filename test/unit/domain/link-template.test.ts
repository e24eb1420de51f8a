import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { opaqueId } from "../../../shared/domain/id.ts";
import { fillLink, linkTemplate } from "../../../shared/domain/link-template.ts";

const schema = linkTemplate(["kind", "id", "channel"]);
const isTaken = (template: string): boolean => schema.safeParse(template).success;

describe("a link's template", () => {
  it.each([
    "https://platform.example/{kind}/{id}",
    "https://platform.example:8443/c/{channel}?item={id}#top",
    "https://platform.example?id={id}",
    "/sample-media/{id}",
  ])("is %s", (template) => expect(isTaken(template)).toBe(true));

  it.each([
    "http://platform.example/{id}",
    "http://127.0.0.1/{id}",
    "javascript:alert({id})",
    "data:text/html,{id}",
    "//elsewhere.example/{id}",
    "/\\elsewhere.example/{id}",
    "https://{id}.example/",
    "https://platform.example{id}/x",
    "https://platform.example:{id}/",
    "https://platform.example@{id}/",
    "https://user:secret@platform.example/{id}",
    "https://platform.example/{id}/{secret}",
    "https://platform.example/{id}/{",
    "https://platform.example/item",
    "https://platform.example/a b/{id}",
    "https://platform.example/\u202e{id}",
    "https:/platform.example/{id}",
    "relative/{id}",
    "",
  ])("is not %s", (template) => expect(isTaken(template)).toBe(false));

  it("leads nowhere else, whatever the ids", () => {
    const id = fc
      .string({ minLength: 1, maxLength: 128, unit: "binary" })
      .filter((one) => opaqueId.safeParse(one).success);
    const ids = fc.oneof(id, fc.stringMatching(/^[A-Za-z0-9._~:@+=-]{0,40}[a-z]$/));
    fc.assert(
      fc.property(ids, (one) => {
        const url = new URL(fillLink("https://platform.example/items/{id}/view", { id: one }) ?? "");
        expect([url.host, url.pathname.split("/").length]).toEqual(["platform.example", 4]);
        expect(decodeURIComponent(url.pathname.split("/")[2] ?? "")).toBe(one);
        const own = new URL(fillLink("/sample-media/{id}", { id: one }) ?? "", "https://own.example");
        expect(own.host).toBe("own.example");
      }),
    );
  });

  it("is not filled where a value is not known", () => {
    expect(fillLink("https://platform.example/{channel}/{id}", { id: "p1" })).toBeUndefined();
    expect(fillLink("https://platform.example/{channel}/{id}", { id: "p:1", channel: "c 1" })).toBe(
      "https://platform.example/c%201/p%3A1",
    );
  });
});
