import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type BundleReport, bundleFunctions } from "../../../infra/bundle.ts";
import { defaultProvider } from "../../../infra/lambda-credentials.ts";

const root = join(import.meta.dirname, "../../..");
const SOURCES: Record<string, Record<string, string>> = {
  "get-verdict": {
    "handler.ts": `import legacy from "./legacy.cjs"; export const handler = (): string => legacy("b");`,
    "legacy.cjs": `const { join } = require("node:path"); module.exports = (name) => join("a", name);`,
  },
  score: {
    "handler.ts": `import { SQSClient } from "@aws-sdk/client-sqs"; export const handler = () => new SQSClient({}).config;`,
  },
};

let folder: string;
let reports: BundleReport[];
const bundle = (name: string) => join(folder, "out", name, "index.mjs");

beforeAll(async () => {
  // Inside the project, so that packages are found.
  await mkdir(join(root, "build"), { recursive: true });
  folder = await mkdtemp(join(root, "build/test-bundle-"));
  for (const [name, files] of Object.entries(SOURCES)) {
    await mkdir(join(folder, "in", name), { recursive: true });
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, "in", name, file), text);
  }
  await mkdir(join(folder, "out/gone"), { recursive: true });
  await writeFile(join(folder, "out/gone/index.mjs"), "of a function that was deleted");
  reports = await bundleFunctions(join(folder, "out"), join(folder, "in"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("bundleFunctions", () => {
  it("reports each bundle's size and the limit for its kind", async () => {
    expect(reports.map(({ name, limit }) => [name, limit])).toEqual([
      ["get-verdict", 600_000],
      ["score", 1_300_000],
    ]);
    for (const { name, bytes } of reports) expect((await readFile(bundle(name))).byteLength).toBe(bytes);
  });

  it("makes modules that run alone, CommonJS inside included", async () => {
    const { handler } = await import(pathToFileURL(bundle("get-verdict")).href);
    expect(handler()).toBe(join("a", "b"));
  });

  it("removes what belongs to no function any more", async () => {
    expect(await readdir(join(folder, "out/gone"))).toEqual([]);
  });

  it("leaves a bundle alone that has not changed", async () => {
    const before = await stat(bundle("score"));
    await bundleFunctions(join(folder, "out"), join(folder, "in"));
    const after = await stat(bundle("score"));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  it("puts weights beside the bundles that score, and only there", async () => {
    const found = await readdir(join(root, "models/text"), { withFileTypes: true });
    const weights = found
      .filter((one) => one.isFile() && ![".md", ".ts"].includes(extname(one.name)))
      .map(({ name }) => name);
    expect(weights).not.toHaveLength(0);
    expect((await readdir(join(folder, "out/score/models/text"))).sort()).toEqual(weights.sort());
    expect(await readdir(join(folder, "out/get-verdict"))).toEqual(["index.mjs"]);
  });

  it("bundles the SDK with Lambda's credentials and none of its other providers", async () => {
    const text = await readFile(bundle("score"), "utf8");
    expect(text.includes('from"@aws-sdk')).toBe(false);
    expect(text.includes("sso_start_url")).toBe(false);
    vi.stubEnv("AWS_REGION", "eu-central-1");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "id");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    const { handler } = await import(pathToFileURL(bundle("score")).href);
    expect(await handler().credentials()).toMatchObject({ accessKeyId: "id", secretAccessKey: "secret" });
    vi.unstubAllEnvs();
  });
});

describe("Lambda's credentials", () => {
  it("come from the environment", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "id");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    vi.stubEnv("AWS_SESSION_TOKEN", "token");
    expect(await defaultProvider()()).toEqual({ accessKeyId: "id", secretAccessKey: "secret", sessionToken: "token" });
    vi.stubEnv("AWS_SESSION_TOKEN", undefined);
    expect(await defaultProvider()()).toEqual({ accessKeyId: "id", secretAccessKey: "secret" });
    vi.unstubAllEnvs();
  });

  it("are missed by name", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "id");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
    await expect(defaultProvider()()).rejects.toThrow("AWS_SECRET_ACCESS_KEY");
    vi.unstubAllEnvs();
  });
});
