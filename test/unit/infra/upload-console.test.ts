import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { uploadConsole } from "../../../infra/upload-console.ts";

const config = { issuer: "https://issuer.example/pool", clientId: "client" };
const folders: string[] = [];
const folderOf = (...names: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-console-"));
  folders.push(folder);
  mkdirSync(join(folder, "assets"));
  for (const name of names) writeFileSync(join(folder, name), name);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

describe("uploading the console", () => {
  it("puts what is named before what names it, and the page last", async () => {
    const folder = folderOf("index.html", "favicon.svg", "assets/start-1.js");
    const calls: { to: string; from: string; input: string | undefined }[] = [];
    await uploadConsole({ folder, bucket: "files", config }, async ([, , from = "", to = ""], input) => {
      calls.push({ from, to, input });
    });
    expect(calls).toEqual([
      { from: join(folder, "assets"), to: "s3://files/assets", input: undefined },
      { from: "-", to: "s3://files/config.json", input: JSON.stringify(config) },
      { from: join(folder, "favicon.svg"), to: "s3://files/favicon.svg", input: undefined },
      { from: join(folder, "index.html"), to: "s3://files/index.html", input: undefined },
    ]);
  });

  it("deletes nothing: a tab that was open before may still ask for its assets", async () => {
    const seen: string[] = [];
    await uploadConsole({ folder: folderOf("index.html"), bucket: "files", config }, async (args) => {
      seen.push(...args);
    });
    expect(seen).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(--delete|rm|sync)$/)]));
  });

  it("leaves the page as it is where something before it fails", async () => {
    const reached: string[] = [];
    const failing = uploadConsole(
      { folder: folderOf("index.html"), bucket: "files", config },
      async ([, , , to = ""]) => {
        reached.push(to);
        if (to.endsWith("config.json")) throw new Error("aws s3 failed");
      },
    );
    await expect(failing).rejects.toThrow("aws s3 failed");
    expect(reached).not.toContain("s3://files/index.html");
  });

  it("uploads nothing of a folder without the page", async () => {
    const reached: unknown[] = [];
    const nothing = uploadConsole({ folder: folderOf(), bucket: "files", config }, async (args) => {
      reached.push(args);
    });
    await expect(nothing).rejects.toThrow("index.html");
    expect(reached).toEqual([]);
  });
});
