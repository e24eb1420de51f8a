import type { routes } from "../../shared/contracts/routes.ts";
import type { Role } from "../../shared/domain/tenant.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Members } from "../../shared/store/members.ts";

const WORK: ReadonlySet<Role> = new Set(["moderator", "senior", "lead", "admin"]);

/** Whom a case can be handed to. Who they are where they sign in is nobody's business at the desk. */
export const listColleagues =
  (members: Pick<Members, "list">): UseCase<(typeof routes)["list-colleagues"]> =>
  async ({ caller: { tenant, actor } }) => {
    const all = await members.list(tenant);
    const colleagues = all
      .filter(({ role, suspended }) => WORK.has(role) && suspended !== true)
      .map(({ id, role, languages, skills }) => ({ id, role, languages, skills, me: id === actor }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    return answer({ colleagues });
  };
