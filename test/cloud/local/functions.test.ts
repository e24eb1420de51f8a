import { afterAll, beforeAll, expect, test } from "vitest";
import type { Result } from "../../../local/lambda/environment.ts";
import { synthesiseFixture } from "./fixture.ts";
import type { Fixture } from "./start-fixture.ts";
import { startFixture } from "./start-fixture.ts";

let fixture: Fixture;
beforeAll(async () => {
  const stacks = synthesiseFixture(1);
  fixture = await startFixture({ stacks, environment: { GIVEN: "by the test" }, concurrency: 2 });
});
afterAll(() => fixture.end());

const ask = (question: object): Promise<Result> => fixture.cloud.invoke("worker", question);
const answer = async (question: object) => {
  const result = await ask(question);
  if ("error" in result) throw new Error(result.error.errorMessage);
  return JSON.parse(result.payload);
};
const stats = () => fixture.cloud.functions().worker;

test("a function sees its own variables and nothing of this process", async () => {
  process.env.PLANTED = "must not be seen";
  const { variables } = await answer({ ask: "environment" });
  delete process.env.PLANTED;
  expect(variables).toMatchObject({
    GIVEN: "by the test",
    POWERTOOLS_SERVICE_NAME: "worker",
    TABLE_THINGS: fixture.cloud.outputs.TableThings,
    AWS_REGION: "us-east-1",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
    NODE_ENV: "production",
  });
  for (const name of ["PLANTED", "HOME", "PATH"]) expect(variables).not.toHaveProperty(name);
  expect(variables.AWS_ACCESS_KEY_ID).not.toBe(fixture.cloud.operatorEnvironment.AWS_ACCESS_KEY_ID);
});

test("an idle environment is used again", async () => {
  expect(await answer({ ask: "remember" })).toBe(1);
  expect(await answer({ ask: "remember" })).toBe(2);
});

test.each([
  ["sleep", { ms: 5_000 }],
  ["spin", {}],
])("a function that runs out of time (%s) is stopped and its environment discarded", async (ask_, more) => {
  await answer({ ask: "remember" });
  const began = performance.now();
  const result = await ask({ ask: ask_, ...more });
  expect(result).toMatchObject({
    error: {
      errorType: "Sandbox.Timedout",
      errorMessage: expect.stringMatching(/Task timed out after 1\.00 seconds$/),
    },
  });
  expect(performance.now() - began).toBeLessThan(4_500);
  // The line is written beside the answer.
  await expect.poll(() => fixture.log("worker")).toContain("Task timed out after 1.00 seconds");
  expect(await answer({ ask: "remember" })).toBe(1);
});

test("process.exit ends the environment, not the cloud", async () => {
  expect(await ask({ ask: "exit" })).toMatchObject({
    error: { errorType: "Runtime.ExitError", errorMessage: "Error: Runtime exited with error: exit status 3" },
  });
  expect(await answer({ ask: "remember" })).toBe(1);
});

test("a thrown error is the answer and keeps the environment; an uncaught one does not", async () => {
  await answer({ ask: "remember" });
  const errors = stats()?.errors ?? 0;
  expect(await ask({ ask: "throw" })).toMatchObject({
    error: { errorType: "TypeError", errorMessage: "thrown on purpose" },
  });
  expect(await answer({ ask: "remember" })).toBeGreaterThan(1);
  expect(await ask({ ask: "throw later" })).toMatchObject({ error: { errorMessage: "thrown outside of the handler" } });
  expect(await answer({ ask: "remember" })).toBe(1);
  expect((stats()?.errors ?? 0) - errors).toBe(2);
  await expect.poll(() => fixture.log("cloud")).toMatch(/worker failed: TypeError \(see .*worker\.log\)/);
  expect(fixture.log("cloud")).not.toContain("thrown on purpose");
});

test("an event and an answer have up to 6 MB each, and what is larger is an error", async () => {
  const limit = 6 * 1024 * 1024;
  const event = (bytes: number) => {
    const empty = { ask: "remember", filling: "" };
    return { ...empty, filling: "x".repeat(bytes - JSON.stringify(empty).length) };
  };
  const before = await answer({ ask: "remember" });
  expect(await answer(event(limit))).toBe(before + 1);
  expect(await ask(event(limit + 1))).toMatchObject({ error: { errorType: "RequestEntityTooLargeException" } });
  const quotes = 2;
  expect(await answer({ ask: "fill", bytes: limit - quotes })).toHaveLength(limit - quotes);
  expect(await ask({ ask: "fill", bytes: limit - quotes + 1 })).toMatchObject({
    error: { errorType: "Function.ResponseSizeTooLarge" },
  });
  // The event never reached the function; the answer did not cost it its environment.
  expect(await answer({ ask: "remember" })).toBe(before + 2);
});

test("no more environments run than allowed; the others wait their turn", async () => {
  const began = performance.now();
  const slept = await Promise.all(Array.from({ length: 6 }, () => answer({ ask: "sleep", ms: 200 })));
  expect(slept).toEqual(Array(6).fill("slept"));
  expect(performance.now() - began).toBeGreaterThanOrEqual(3 * 200 - 20);
  expect(stats()).toMatchObject({ inFlight: 0, memoryMb: 128 });
});
