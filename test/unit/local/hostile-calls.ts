import type { Answer, Call } from "../../../local/gate/call.ts";
import type { HostileInput } from "../../../local/hostile/options.ts";
import { hostileOptions } from "../../../local/hostile/options.ts";

export const json = (service: Call["service"], operation: string, input: object): Call => ({
  service,
  headers: { "x-amz-target": `Target.${operation}` },
  body: JSON.stringify(input),
});
export const form = (input: Record<string, string>): Call => ({
  service: "sns",
  headers: {},
  body: new URLSearchParams(input).toString(),
});
export const answer = (body: object = {}): Answer => ({
  status: 200,
  headers: { "x-amz-crc32": "1" },
  body: JSON.stringify(body),
});
export const operation = (call: Call) => String(call.headers["x-amz-target"]).split(".")[1];
export const hostility = (input: HostileInput, told: string[] = []) => ({
  options: () => hostileOptions.parse(input),
  tell: (kind: string, about: string) => void told.push(`${kind} ${about}`),
});
export const parsed = ({ body }: Answer) => JSON.parse(body);
