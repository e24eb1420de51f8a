import { DynamoDBServiceException } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { item } from "../../../shared/domain/item.ts";
import { describeError } from "../../../shared/runtime/logger.ts";
import { PLANTED, wirePost } from "../domain/examples.ts";

const thrown = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
};

describe("what is said of a surprise", () => {
  it("names its class, the service's status and where in our code it arose", () => {
    const refused = new DynamoDBServiceException({
      name: "ValidationException",
      $fault: "client",
      $metadata: { httpStatusCode: 400 },
      message: PLANTED,
    });
    const said = describeError(refused);
    expect(said).toMatchObject({ error: "ValidationException", status: 400 });
    expect(said.at).toEqual(expect.arrayContaining([expect.stringContaining("logger.test.ts")]));
  });

  it.each([
    ["a quoting parser", () => JSON.parse(`{"a": ${PLANTED}}`)],
    ["a parser that quotes something like a stack", () => JSON.parse(`x\n    at ${PLANTED}`)],
    ["zod", () => item.parse(wirePost({ [PLANTED]: PLANTED, kind: PLANTED }))],
    [
      "a message made to look like frames",
      () => {
        throw new Error(`x\n    at ${PLANTED} (file:///a/b.ts:1:2)\n    at ${PLANTED}`);
      },
    ],
    [
      "a message that was changed afterwards",
      () => {
        const error = new Error(`x\n    at ${PLANTED} (file:///a/b.ts:1:2)`);
        error.message = "y";
        throw error;
      },
    ],
    [
      "a cause",
      () => {
        throw new Error(PLANTED, { cause: new Error(PLANTED) });
      },
    ],
    [
      "not even an error",
      () => {
        throw PLANTED;
      },
    ],
  ])("says nothing of what was quoted by %s", (_, act) => {
    expect(JSON.stringify(describeError(thrown(act)))).not.toMatch(/zyx|plant/);
  });
});
