import { isDeepStrictEqual } from "node:util";
import type { routes } from "../../shared/contracts/routes.ts";
import { type Job, newJobId } from "../../shared/domain/job.ts";
import type { UndoSpec } from "../../shared/policy/job-specs.ts";
import type { HttpRequest, UseCase } from "../../shared/runtime/http-stack.ts";
import { beginJob, findJob, type JobPorts, readWindow, standingOf } from "../../shared/runtime/job-requests.ts";
import { answer, type Result, refuse } from "../../shared/runtime/result.ts";
import type { Policies } from "../../shared/store/policies.ts";
import { undoOf, undoView } from "./undo-view.ts";

export interface StartUndo extends JobPorts {
  readonly policies: Pick<Policies, "active">;
}

type Asked = HttpRequest<(typeof routes)["start-undo"]>;

const missing = (pointer: string, fix: string): Result<never> =>
  refuse("job_invalid", "Something is missing.", [{ pointer, detail: "missing", fix }]);

/** Begins a dry run, or a run of what a dry run found: of the same cause, window and policies, and once for each. */
export function startUndo(ports: StartUndo): UseCase<(typeof routes)["start-undo"]> {
  const { jobs, policies } = ports;

  const dryRun = async ({ caller: { tenant, actor }, body, now }: Asked): Promise<Result<Job>> => {
    const { cause, since, until } = body;
    if (!cause) return missing("/cause", "say the rule, policy, label or model");
    if (since === undefined) return missing("/since", "say from when on");
    const window = readWindow({ since, until }, now);
    if (!window.ok) return window;
    const state = await policies.active(tenant, true);
    const about: UndoSpec = { active: state.active.map(({ id, version }) => ({ id, version })), cause };
    const at = now.toISOString();
    return answer({ tenant, kind: "undo", id: newJobId(now), by: actor, at, ...window.value, about });
  };

  const realRun = async ({ caller: { tenant, actor }, body, now }: Asked): Promise<Result<Job>> => {
    const { of, note, cause, since, until } = body;
    if (of === undefined) return missing("/of", "say the id of the dry run, which shows what would be done");
    if (note === undefined) return missing("/note", "say why");
    const found = await findJob(jobs, tenant, "undo", of);
    if (!found.ok) return found;
    const dry = found.value;
    const { run, ...looked } = undoOf(dry);
    const differs =
      run !== undefined ||
      (cause !== undefined && !isDeepStrictEqual(cause, looked.cause)) ||
      (since !== undefined && Date.parse(since) !== Date.parse(dry.since)) ||
      (until !== undefined && Date.parse(until) !== Date.parse(dry.until));
    if (differs)
      return refuse("undo_differs", "A run does what its dry run showed, and nothing else.", [
        { pointer: "/of", detail: "not a dry run of this cause and window", fix: "make a dry run of it first" },
      ]);
    if (!dry.done)
      return refuse("undo_not_ready", "The dry run is not finished, so nobody has seen what would be done.", [
        { pointer: "/of", detail: "not finished", fix: "wait until its state is done; resume it if it is stalled" },
      ]);
    const about: UndoSpec = { ...looked, run: { of, note } };
    const at = now.toISOString();
    // Named for its dry run: asked for twice, it is the same run.
    return answer({ ...window(dry), tenant, kind: "undo", id: `${of}-run`, by: actor, at, about });
  };

  return async (request) => {
    const { now, caller } = request;
    const made = await (request.body.dryRun ? dryRun(request) : realRun(request));
    if (!made.ok) return made;
    await beginJob(ports, made.value, made.value.about);
    const stands = (await jobs.get(caller.tenant, "undo", made.value.id)) ?? made.value;
    return answer(undoView(stands, await standingOf(jobs, stands, now)));
  };
}

const window = ({ since, until }: Job) => ({ since, until });
