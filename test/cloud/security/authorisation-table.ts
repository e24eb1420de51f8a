import { PROBLEMS, type ProblemCode } from "../../../shared/contracts/problem.ts";
import type { Route } from "../../../shared/contracts/route.ts";
import { type RouteName, routes } from "../../../shared/contracts/routes.ts";
import { ROLES, type Role } from "../../../shared/domain/tenant.ts";
import type { Answer } from "../pipeline/api.ts";

/** Credentials that let nobody in, and the problem that says why. `spliced`: another tenant's name on a good key. */
export const BAD = {
  missing: "missing_key",
  malformed: "malformed_key",
  unknown: "unknown_key",
  forged: "unknown_key",
  spliced: "unknown_key",
  expired: "expired_key",
  revoked: "revoked_key",
} as const satisfies Record<string, ProblemCode>;
export type Bad = keyof typeof BAD;
export type Credential = Bad | "valid";

/** One request of the table: who asks, with what, and whether for a thing of their own. */
export interface Cell {
  readonly name: RouteName;
  readonly role: Role;
  readonly own: boolean;
  readonly credential: Credential;
}

export interface Expected {
  readonly status: number;
  readonly code?: ProblemCode;
}

/** By name; as routes of any shape, so that nothing here knows one route from another. */
export const declared = Object.entries(routes) as [RouteName, Route][];
export const routeOf = (name: RouteName): Route => routes[name];

const BAD_NAMES = Object.keys(BAD) as Bad[];

/** Every route × role × own or another tenant's thing × credential. */
export const cells: readonly Cell[] = declared.flatMap(([name]) =>
  ROLES.flatMap((role) =>
    [true, false].flatMap((own) =>
      [...BAD_NAMES, "valid" as const].map((credential) => ({ name, role, own, credential })),
    ),
  ),
);

export const nameOf = ({ name, role, own, credential }: Cell): string =>
  `${name} ${role} ${own ? "own" : "other"} ${credential}`;

const refusedWith = (code: ProblemCode): Expected => ({ status: PROBLEMS[code][0], code });

/** What has to come out, read off the route's own declaration: a route added later needs no entry here. */
export function expectedOf({ name, role, own, credential }: Cell): Expected {
  const { callers, answer, problems } = routeOf(name);
  if (callers === "public") return { status: answer.status };
  if (credential !== "valid") return refusedWith(BAD[credential]);
  if (!callers.includes(role)) return refusedWith("forbidden");
  return own || !problems.includes("not_found") ? { status: answer.status } : refusedWith("not_found");
}

/** What is wrong with an answer, in words; nothing where it is as declared and holds none of `secrets` that is not for the caller. */
export function faultsOf(cell: Cell, { status, type, json, text }: Answer, secrets: readonly string[]): string[] {
  const wanted = expectedOf(cell);
  const wrong: string[] = [];
  if (status !== wanted.status) wrong.push(`${status} instead of ${wanted.status}`);
  if (wanted.code && (type !== "application/problem+json" || json?.type !== `urn:touchstone:problem:${wanted.code}`))
    wrong.push(`${json?.type} instead of ${wanted.code}`);
  if (!wanted.code && !routeOf(cell.name).answer.schema.safeParse(json).success)
    wrong.push("an answer that its schema does not know");
  const isForCaller = cell.own && cell.credential === "valid" && !wanted.code;
  if (!isForCaller && secrets.some((secret) => text.includes(secret))) wrong.push("something of the owner's");
  return wrong.map((what) => `${nameOf(cell)}: ${what}`);
}

/** One line a route: the answers to bad credentials, then for each role own/other with a good one. */
export function matrixOf(statuses: ReadonlyMap<string, number>): string {
  const width = Math.max(...declared.map(([name]) => name.length)) + 2;
  const of = (cell: Cell) => statuses.get(nameOf(cell));
  const lines = declared.map(([name]) => {
    const refusals = BAD_NAMES.map((credential) => {
      const all = ROLES.flatMap((role) => [true, false].map((own) => of({ name, role, own, credential })));
      return [...new Set(all)].join("!").padEnd(credential.length);
    });
    const good = ROLES.map((role) =>
      [true, false]
        .map((own) => of({ name, role, own, credential: "valid" }))
        .join("/")
        .padEnd(role.length),
    );
    return `${name.padEnd(width)}${refusals.join(" ")} │ ${good.join(" │ ")}`;
  });
  const head = `${"".padEnd(width)}${BAD_NAMES.join(" ")} │ ${ROLES.map((role) => role.padEnd(7)).join(" │ ")}`;
  return [`authorisation: ${statuses.size} requests; valid keys: own/another tenant's thing`, head, ...lines].join(
    "\n",
  );
}
