import type { Interceptor } from "../gate/gate.ts";
import { errorAnswer } from "../gate/refusal.ts";
import { operationOf } from "./operation.ts";

const mostBytes = 262_144;
const carried = /^PublishBatchRequestEntries\.member\.\d+\.(Message|MessageAttributes\.entry\.\d+\.(Name|Value\.\w+))$/;

/** SNS takes 256 KB in one batch, all its messages together; the embedded part looks at each by itself. */
export const topicLimit: Interceptor = async (call, next) => {
  if (call.service !== "sns" || operationOf(call).name !== "PublishBatch" || call.body.length <= mostBytes)
    return await next(call);
  let bytes = 0;
  for (const [name, value] of new URLSearchParams(call.body)) if (carried.test(name)) bytes += Buffer.byteLength(value);
  if (bytes <= mostBytes) return await next(call);
  const code = { status: 400, code: "BatchRequestTooLong" };
  return errorAnswer("sns", code, "The length of all the batch messages put together is more than the limit.");
};
