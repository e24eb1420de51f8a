import type { routes } from "../../shared/contracts/routes.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Members } from "../../shared/store/members.ts";

/** The caller; one who uses a key need not be a member. */
export const whoIsIt =
  (members: Pick<Members, "get">): UseCase<(typeof routes)["me"]> =>
  async ({ caller: { tenant, actor, role, brands } }) => {
    const known = await members.get(tenant, actor);
    const { languages = [], skills = [], queues = [] } = known ?? {};
    return answer({ tenant, id: actor, role, ...(brands && { brands: [...brands] }), languages, skills, queues });
  };
