import type { Answer, Service } from "../gate/call.ts";
import { ConnectionLost, errorAnswer } from "../gate/refusal.ts";

const throttles: Record<Service, { status: number; code: string }> = {
  dynamodb: { status: 400, code: "ProvisionedThroughputExceededException" },
  kms: { status: 400, code: "ThrottlingException" },
  sqs: { status: 403, code: "RequestThrottled" },
  sns: { status: 429, code: "Throttled" },
  comprehend: { status: 400, code: "ThrottlingException" },
  ses: { status: 429, code: "TooManyRequestsException" },
};

const faults: Record<Service, { status: number; code: string }> = {
  dynamodb: { status: 500, code: "InternalServerError" },
  kms: { status: 500, code: "KMSInternalException" },
  sqs: { status: 500, code: "InternalFailure" },
  sns: { status: 500, code: "InternalError" },
  comprehend: { status: 500, code: "InternalServerException" },
  ses: { status: 500, code: "InternalFailure" },
};

export const throttled = (service: Service): Answer =>
  errorAnswer(service, throttles[service], "The rate of requests exceeds what is allowed.");

export const broken = (service: Service): Answer =>
  errorAnswer(service, faults[service], "The request could not be processed because of an internal failure.");

/** @throws ConnectionLost always: the client sees its connection end without an answer. */
export function reset(): never {
  throw new ConnectionLost();
}
