import type { Answer, Call } from "../gate/call.ts";
import { ConnectionLost } from "../gate/refusal.ts";

const PASSED = ["content-type", "x-amz-target", "authorization", "x-amz-date"];
const RETURNED = ["content-type", "x-amzn-requestid", "x-amzn-errortype"];

/** The part of a service that has no embedded one: passes its calls on to an endpoint that the user names. */
export const openForwarder =
  (endpoint: string): ((call: Call) => Promise<Answer>) =>
  async ({ headers, body }) => {
    const passed = PASSED.flatMap((name): [string, string][] => {
      const value = headers[name];
      return typeof value === "string" ? [[name, value]] : [];
    });
    try {
      const answer = await fetch(endpoint, { method: "POST", headers: Object.fromEntries(passed), body });
      const returned = RETURNED.flatMap((name): [string, string][] => {
        const value = answer.headers.get(name);
        return value === null ? [] : [[name, value]];
      });
      return { status: answer.status, headers: Object.fromEntries(returned), body: await answer.text() };
    } catch {
      throw new ConnectionLost();
    }
  };
