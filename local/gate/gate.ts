import type { Answer, Call, Request } from "./call.ts";
import type { Statement } from "./policy.ts";
import { judge } from "./policy.ts";
import { refuseCall, refuseCaller, refuseReading } from "./refusal.ts";
import type { Naming } from "./requests.ts";
import { requestOf } from "./requests.ts";
import type { Seals } from "./sealing.ts";
import { keyRequests } from "./sealing.ts";
import type { Use } from "./uses.ts";
import { openUses } from "./uses.ts";

/** Who calls: a function with its role's statements, or the operator. */
export interface Principal {
  name: string;
  arn: string;
  /** Undefined: the operator, who may do everything. */
  statements: readonly Statement[] | undefined;
}

/**
 * Stands between the gate and the part: may pass a function's call on, change it or its answer, or answer by itself.
 * The operator's calls go straight to the part.
 */
export type Interceptor = (call: Call, next: (call: Call) => Promise<Answer>) => Promise<Answer>;

/** Calls by caller and action: `counts["intake"]["dynamodb:PutItem"]`. */
export type CallCounts = Record<string, Record<string, number>>;

export interface GateOptions {
  naming: Naming;
  seals: Seals;
  /** By access key id. */
  principals: ReadonlyMap<string, Principal>;
  part: (call: Call) => Promise<Answer>;
  interceptors: readonly Interceptor[];
  /** One line for each refusal: function, action and resource, never content. */
  log: (line: string) => void;
}

export interface Gate {
  handle(call: Call): Promise<Answer>;
  counts(): CallCounts;
  /** Rights that functions used, and those that they were refused for. */
  uses(): Use[];
}

/** Lets through what the caller's role grants, and counts it; refuses everything else as the service itself would. */
export function openGate({ naming, seals, principals, part, interceptors, log }: GateOptions): Gate {
  const counts: CallCounts = {};
  const uses = openUses();
  const remembered = new Map<string, boolean>();
  const pass = interceptors.reduceRight<(call: Call) => Promise<Answer>>(
    (next, interceptor) => (call) => interceptor(call, next),
    part,
  );

  function granted(key: string, statements: readonly Statement[], action: string, resource: string, about: object) {
    const name = `${key} ${action} ${resource} ${JSON.stringify(about)}`;
    let answer = remembered.get(name);
    if (answer === undefined) {
      answer = judge(statements, action, resource, { ...about }) === "allowed";
      // Encryption contexts are many; roles and resources are few.
      if (remembered.size > 10_000) remembered.clear();
      remembered.set(name, answer);
    }
    return answer;
  }

  /** The first right that the call needs and the role lacks. */
  function lackOf(key: string, statements: readonly Statement[], needs: readonly Request[]) {
    for (const { action, resources, circumstances } of needs) {
      for (const resource of resources) {
        if (!granted(key, statements, action, resource, circumstances)) return { action, resource, circumstances };
      }
    }
    return undefined;
  }

  function count(caller: string, action: string): void {
    const own = counts[caller] ?? {};
    own[action] = (own[action] ?? 0) + 1;
    counts[caller] = own;
  }

  return {
    counts: () => counts,
    uses: uses.all,
    async handle(call) {
      const key = accessKeyOf(call.headers.authorization);
      const principal = key === undefined ? undefined : principals.get(key);
      if (key === undefined || principal === undefined) return refuseCaller(call.service);
      const request = requestOf(call, naming);
      if (request === undefined) return refuseReading(call.service);
      const needs = principal.statements ? [request, ...keyRequests(request, seals, naming.region)] : [];
      const lacking = principal.statements && lackOf(key, principal.statements, needs);
      if (lacking !== undefined) {
        uses.note(principal.name, { ...lacking, resources: [lacking.resource] }, false);
        log(`refused: ${principal.name} may not ${lacking.action} on ${lacking.resource}`);
        return refuseCall(call.service, refusalOf(principal, lacking));
      }
      count(principal.name, request.action);
      for (const need of needs) uses.note(principal.name, need, true);
      return principal.statements === undefined ? await part(call) : await pass(call);
    },
  };
}

function refusalOf({ arn }: Principal, { action, resource }: { action: string; resource: string }): string {
  return `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
}

const credential = /Credential=([^/\s,]+)\//;

function accessKeyOf(authorization: string | string[] | undefined): string | undefined {
  return credential.exec(String(authorization ?? ""))?.[1];
}
