import { Agent, request } from "node:http";
import type { AddressInfo } from "node:net";
import type { Answer, Call, Service } from "../local/gate/call.ts";
import { serve } from "../local/gate/server.ts";

/** One call of a function as it went by. */
export interface TappedCall {
  readonly service: Service;
  /** Name of the operation: `PutItem`, `SendMessageBatch`. */
  readonly operation: string;
  /** JSON; of SNS a form. As the function sent it. */
  readonly body: string;
  readonly status: number;
  /** Capacity units that the table says it took, indexes apart; undefined where it says nothing. */
  readonly units: number | undefined;
}

export interface Tap {
  /** Where functions have to call instead of the gates. */
  readonly urls: Readonly<Record<Service, string>>;
  /** Says where the gates are. Nothing may call before. */
  connect(environment: Readonly<Record<string, string>>): void;
  /** What went by since the last time that this was asked. */
  take(): TappedCall[];
  close(): Promise<void>;
}

const SERVICES: readonly Service[] = ["dynamodb", "sqs", "sns", "kms"];

/** The variable by which an SDK client finds a service. */
export const variableOf = (service: Service): string => `AWS_ENDPOINT_URL_${service.toUpperCase()}`;

/** Listens between the functions and the gates: passes every call on and writes down what it was. */
export async function openTap(): Promise<Tap> {
  const agent = new Agent({ keepAlive: true });
  const targets = new Map<Service, string>();
  let calls: TappedCall[] = [];

  const pass = (call: Call, body: string): Promise<Answer> => {
    const url = targets.get(call.service);
    if (url === undefined) throw new Error("the tap was called before it was connected");
    const { host: _, "content-length": __, ...headers } = call.headers;
    return new Promise((resolve, reject) => {
      const outgoing = request(url, { method: "POST", agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const kept = Object.entries(response.headers).filter(([name]) => name !== "content-length");
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
            body: Buffer.concat(chunks).toString(),
          });
        });
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  };

  const handle = async (call: Call): Promise<Answer> => {
    const asksUnits = call.service === "dynamodb";
    const body = asksUnits ? JSON.stringify({ ...JSON.parse(call.body), ReturnConsumedCapacity: "TOTAL" }) : call.body;
    const answer = await pass(call, body);
    calls.push({
      service: call.service,
      operation: operationOf(call),
      body: call.body,
      status: answer.status,
      units: asksUnits && answer.status === 200 ? unitsOf(answer.body) : undefined,
    });
    // The table's checksum would be of an answer that differs from what the function asked for.
    const { "x-amz-crc32": ___, ...headers } = answer.headers;
    return { ...answer, headers };
  };

  const servers = await Promise.all(
    SERVICES.map(async (service) => {
      const server = serve(service, handle, (line) => process.stderr.write(`${line}\n`));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return { service, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    }),
  );
  return {
    urls: Object.fromEntries(servers.map(({ service, url }) => [service, url])) as Record<Service, string>,
    connect(environment) {
      for (const service of SERVICES) targets.set(service, environment[variableOf(service)] ?? "");
    },
    take() {
      const taken = calls;
      calls = [];
      return taken;
    },
    async close() {
      agent.destroy();
      await Promise.all(
        servers.map(({ server }) => {
          const closed = new Promise((resolve) => server.close(resolve));
          server.closeAllConnections();
          return closed;
        }),
      );
    },
  };
}

function operationOf({ service, headers, body }: Call): string {
  if (service === "sns") return new URLSearchParams(body).get("Action") ?? "";
  return String(headers["x-amz-target"] ?? "").split(".")[1] ?? "";
}

interface Capacity {
  readonly CapacityUnits?: number;
}

/** One table's figure, or those of a batch over several. */
function unitsOf(body: string): number | undefined {
  const { ConsumedCapacity } = JSON.parse(body) as { ConsumedCapacity?: Capacity | readonly Capacity[] };
  if (ConsumedCapacity === undefined) return undefined;
  const all = [ConsumedCapacity].flat() as Capacity[];
  return all.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}
