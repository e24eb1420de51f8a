import type { routes } from "../../shared/contracts/routes.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import { type KnownAlert, knownAlert, viewNow } from "./known-alert.ts";

/** One alert, as it is now. */
export const getAlert =
  (ports: KnownAlert): UseCase<(typeof routes)["get-alert"]> =>
  async ({ caller, params: { id } }) => {
    const known = await knownAlert(ports, caller, id);
    return known.ok ? answer(await viewNow(ports, known.value)) : known;
  };
