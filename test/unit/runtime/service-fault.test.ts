import { expect, it } from "vitest";
import { isServiceFault } from "../../../shared/runtime/service-fault.ts";

const named = (name: string, more: object = {}) => Object.assign(new Error("x"), { name }, more);

it.each([
  [named("InternalServerError", { $fault: "server" }), true],
  [named("ProvisionedThroughputExceededException", { $fault: "client" }), true],
  [named("ThrottlingException", { $fault: "client" }), true],
  [named("TimeoutError"), true],
  [named("Error", { code: "ECONNRESET" }), true],
  [named("ValidationException", { $fault: "client" }), false],
  [named("ConditionalCheckFailedException", { $fault: "client" }), false],
  [new TypeError("x"), false],
  ["a string", false],
])("%s: %s", (error, wanted) => {
  expect(isServiceFault(error)).toBe(wanted);
});
