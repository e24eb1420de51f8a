import type * as z from "zod";
import { type Fault, problem } from "../../shared/contracts/problem.ts";
import type { Route } from "../../shared/contracts/route.ts";
import { CommandFailed, EXIT } from "../command.ts";
import { safeText } from "../safe-text.ts";
import type { ApiAccess } from "./connect.ts";

type AnyRoute = Route<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;

export interface Request {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

/** Statuses that are an answer to the question rather than a fault of the call. */
const ANSWERS_NO = [404, 409, 410, 422, 429];

/** What the API refused, with each place of the request that it named. */
export class ApiRefused extends CommandFailed {
  readonly faults: readonly Fault[];
  constructor(sentence: string, exitCode: number, faults: readonly Fault[]) {
    super(sentence, exitCode);
    this.faults = faults;
  }
}

const pathOf = (route: AnyRoute, { params = {}, query = {} }: Request): string => {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const asked = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : [])),
  );
  return asked.size > 0 ? `${path}?${asked}` : path;
};

async function fetchOrFail(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch {
    throw new CommandFailed(`nothing answers at ${new URL(url).origin}: is it running? (\`npm start\` runs one here)`);
  }
}

/**
 * Calls a route.
 * @returns its answer, parsed by the route's own schema.
 * @throws ApiRefused (a CommandFailed) with the problem's sentence; exit code 1 for what is not there (any more), lost races and refused requests.
 */
export async function callApi<R extends AnyRoute>(
  { url, token }: Pick<ApiAccess, "url" | "token">,
  route: R,
  request: Request = {},
): Promise<z.infer<R["answer"]["schema"]>> {
  const response = await fetchOrFail(`${url}${pathOf(route, request)}`, {
    method: route.method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(request.body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  const answered: unknown = await response.json().catch(() => undefined);
  if (response.status === route.answer.status) {
    const parsed = route.answer.schema.safeParse(answered);
    if (parsed.success) return parsed.data as z.infer<R["answer"]["schema"]>;
    throw new CommandFailed("the answer is not one that this version of the command knows; use the API's own version");
  }
  const refusal = problem.safeParse(answered);
  if (!refusal.success)
    throw new CommandFailed(`what answers at ${new URL(url).origin} is not Touchstone (status ${response.status})`);
  const { detail, errors = [] } = refusal.data;
  const faults = errors.map((fault) => ` ${fault.pointer}: ${fault.detail}${fault.fix ? ` (${fault.fix})` : ""}.`);
  throw new ApiRefused(
    safeText(`${detail}${faults.join("")}`),
    ANSWERS_NO.includes(response.status) ? EXIT.refused : EXIT.failed,
    errors,
  );
}
