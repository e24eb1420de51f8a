import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { MetricUnit } from "@aws-lambda-powertools/metrics";
import middy from "@middy/core";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type * as z from "zod";
import { MAX_RECEIVES, type OwnQueue } from "../queue/own-queue.ts";
import { describeError, logger, metrics } from "./logger.ts";
import { readJson } from "./read-json.ts";
import { isServiceFault } from "./service-fault.ts";
import { Unprocessable } from "./unprocessable.ts";

/** One run of the function, for as many messages as came with it: the same object for all of them. */
export interface QueueInvocation {
  /** Milliseconds until Lambda ends it. */
  readonly remainingMs: () => number;
  /** Messages that came with it. */
  readonly messages: number;
}

const reasonOf = (error: unknown): string =>
  error instanceof Unprocessable ? error.code : `failed.${error instanceof Error ? error.name : "unknown"}`;

/** Seconds after each failed delivery while a service is at fault: together they outlast an outage of two minutes. */
const OUTAGE_DELAYS = [5, 15, 45, 90];
const SPREAD = 0.2;

/** Messages that a service's outage hit come back spread out, so that they do not knock it over again. */
function delayOf(error: unknown, receives: number): number {
  const base = isServiceFault(error) ? OUTAGE_DELAYS[receives - 1] : undefined;
  return base === undefined ? 2 ** receives : Math.ceil(base * (1 + Math.random() * SPREAD));
}

function parseMessage<S extends z.ZodType>(schema: S, record: SQSRecord): z.infer<S> {
  const read = readJson(record.body);
  if (!read.ok) throw new Unprocessable("message_not_json");
  const parsed = schema.safeParse(read.value);
  if (!parsed.success) throw new Unprocessable("message_does_not_fit_schema");
  return parsed.data;
}

/**
 * The shell around every queue step. A message is deleted only when its use case has ended well; one that fails comes
 * back after 2, 4, 8, 16 seconds (later where a service is at fault), and after the fifth failure lies in the
 * dead-letter queue with its reason. Messages of one batch do not touch each other; their step is told the invocation
 * that they share.
 */
export function queueStack<S extends z.ZodType>(
  schema: S,
  queue: OwnQueue,
  step: (message: z.infer<S>, invocation: QueueInvocation) => Promise<void>,
) {
  const handleRecord = async (record: SQSRecord, invocation: QueueInvocation): Promise<void> => {
    try {
      await step(parseMessage(schema, record), invocation);
      metrics.addMetric("Handled", MetricUnit.Count, 1);
    } catch (error) {
      const receives = Number(record.attributes.ApproximateReceiveCount);
      const facts = { messageId: record.messageId, receives, reason: reasonOf(error), ...describeError(error) };
      if (receives >= MAX_RECEIVES) {
        logger.error("dead letter", facts);
        metrics.addMetric("DeadLetter", MetricUnit.Count, 1);
        await queue.bury(record, reasonOf(error));
        return;
      }
      logger.warn("will be tried again", facts);
      metrics.addMetric("Retried", MetricUnit.Count, 1);
      // The delay is a kindness: without it the message comes back all the same, later.
      await queue
        .delay(record, delayOf(error, receives))
        .catch((failure) => logger.warn("no delay", describeError(failure)));
      throw error;
    }
  };
  const processor = new BatchProcessor(EventType.SQS);
  return middy<SQSEvent, SQSBatchResponse, Error, Context>().handler(async (event, context) => {
    logger.resetKeys();
    logger.appendKeys({ requestId: context.awsRequestId });
    try {
      const invocation: QueueInvocation = {
        remainingMs: () => context.getRemainingTimeInMillis(),
        messages: event.Records.length,
      };
      const handle = (record: SQSRecord) => handleRecord(record, invocation);
      return await processPartialResponse(event, handle, processor, { context, throwOnFullBatchFailure: false });
    } finally {
      metrics.publishStoredMetrics();
    }
  });
}
