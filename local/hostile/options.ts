import * as z from "zod";

const share = z.number().min(0).max(1);
const milliseconds = z.number().int().min(0);

/** Calls that a fault is about: those that fit everything that is named. */
const match = z.strictObject({
  service: z.enum(["dynamodb", "sqs", "sns", "kms"]).optional(),
  /** Operation names, such as `PutItem`. */
  operations: z.array(z.string()).optional(),
  /** Part of the name of the table, queue or topic. */
  resource: z.string().optional(),
  /** Text that the request holds. */
  contains: z.string().optional(),
});

/** One thing that is broken for as long as it stands in the file. */
const fault = z.strictObject({
  match,
  /**
   * `throttle` and `refuse` (a service fault) are retried by SDKs; `disk-full` is what a part says that cannot write;
   * `reset` ends the connection; `delay` holds the call for `ms` before the part sees it; `watch` only writes a line.
   */
  effect: z.enum(["throttle", "refuse", "disk-full", "reset", "delay", "watch"]),
  ms: milliseconds.default(0),
});
export type Fault = z.infer<typeof fault>;

export const hostileOptions = z.strictObject({
  /** The same seed and the same calls in the same order meet the same mishaps. */
  seed: z.number().int().default(1),
  /** Queries of an index that answer as it was `ageMs` ago. */
  staleIndex: z.strictObject({ share, ageMs: milliseconds }).default({ share: 0, ageMs: 0 }),
  /** Keys and items of a batch that DynamoDB leaves unprocessed; one at least is processed. */
  unprocessed: share.default(0),
  /** Entries of a batch that SQS or SNS refuses. */
  failedEntries: share.default(0),
  /** Calls that end in a service fault or with the connection reset before the part sees them. */
  outages: share.default(0),
  /** Calls that are carried out and whose answer is lost. */
  lostAnswers: share.default(0),
  /** Write units a second that one partition key takes. */
  writeUnitsPerKey: z.number().positive().default(1_000),
  deliveries: z
    .strictObject({
      /** Messages that are delivered once more, up to `laterSeconds` after they were received. */
      twice: share,
      /** Messages that are held back for up to `laterSeconds`, so that later ones overtake them. */
      late: share,
      laterSeconds: z.number().int().min(1).max(900),
    })
    .default({ twice: 0, late: 0, laterSeconds: 1 }),
  faults: z.array(fault).default([]),
});

/** What the hostile mode does to calls; shares are of 1. */
export type HostileOptions = z.infer<typeof hostileOptions>;
/** The same as people write it: everything has a default that does no harm. */
export type HostileInput = z.input<typeof hostileOptions>;
