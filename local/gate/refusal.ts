import type { Answer, Service } from "./call.ts";

/** The connection ends without an answer: what a client makes of it is its own affair. */
export class ConnectionLost extends Error {
  override name = "ConnectionLost";
}

const versions: Record<Exclude<Service, "sns">, string> = {
  dynamodb: "application/x-amz-json-1.0",
  sqs: "application/x-amz-json-1.0",
  kms: "application/x-amz-json-1.1",
  comprehend: "application/x-amz-json-1.1",
  ses: "application/json",
};

interface Code {
  status: number;
  code: string;
}

const denied: Record<Service, Code> = {
  dynamodb: { status: 400, code: "AccessDeniedException" },
  kms: { status: 400, code: "AccessDeniedException" },
  sqs: { status: 403, code: "AccessDenied" },
  sns: { status: 403, code: "AuthorizationError" },
  comprehend: { status: 400, code: "AccessDeniedException" },
  ses: { status: 403, code: "AccessDeniedException" },
};

const unknownCaller: Record<Service, Code> = {
  dynamodb: { status: 400, code: "UnrecognizedClientException" },
  kms: { status: 400, code: "UnrecognizedClientException" },
  sqs: { status: 403, code: "InvalidClientTokenId" },
  sns: { status: 403, code: "InvalidClientTokenId" },
  comprehend: { status: 400, code: "UnrecognizedClientException" },
  ses: { status: 403, code: "UnrecognizedClientException" },
};

/** The service's own answer to a call that the caller's role does not grant. */
export function refuseCall(service: Service, message: string): Answer {
  return errorAnswer(service, denied[service], message);
}

/** The service's own answer to credentials that it does not know. */
export function refuseCaller(service: Service): Answer {
  return errorAnswer(service, unknownCaller[service], "The security token included in the request is invalid.");
}

/** What cannot be read cannot be judged, so no part sees it. */
export function refuseReading(service: Service): Answer {
  return errorAnswer(service, { status: 400, code: "SerializationException" }, "The request could not be read.");
}

/** A refusal or fault in the service's own form. */
export function errorAnswer(service: Service, { status, code }: Code, message: string): Answer {
  if (service === "sns") {
    const escaped = message.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    return {
      status,
      headers: { "content-type": "text/xml" },
      body: `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped}</Message></Error><RequestId>local</RequestId></ErrorResponse>`,
    };
  }
  const space = service === "sqs" ? "com.amazonaws.sqs" : "com.amazon.coral.service";
  return {
    status,
    headers: {
      "content-type": versions[service],
      ...(service === "sqs" ? { "x-amzn-query-error": `${code};Sender` } : {}),
    },
    body: JSON.stringify({ __type: `${space}#${code}`, message }),
  };
}
