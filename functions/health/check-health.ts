import type { routes } from "../../shared/contracts/routes.ts";
import { API_VERSION } from "../../shared/contracts/version.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";

/** Healthy means that the directory answers: without it no key can be verified and nothing works. */
export const checkHealth =
  (directoryAnswers: () => Promise<boolean>): UseCase<(typeof routes)["health"]> =>
  async () =>
    (await directoryAnswers())
      ? answer({ status: "ok" as const, version: API_VERSION })
      : refuse("unavailable", "The directory does not answer.");
