import type { routes } from "../../shared/contracts/routes.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Members } from "../../shared/store/members.ts";

/** Who works at the tenant's desk. */
export const listMembers =
  ({ members }: { readonly members: Pick<Members, "list"> }): UseCase<(typeof routes)["list-members"]> =>
  async ({ caller: { tenant } }) =>
    answer({ members: [...(await members.list(tenant))] });
