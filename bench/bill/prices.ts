import type { Usage } from "../count/usage.ts";

export interface Price {
  readonly service: string;
  /** What is counted, as printed. */
  readonly unit: string;
  /** Dollars for `per` of them. */
  readonly dollars: number;
  readonly per: number;
  readonly source: string;
}

/**
 * When these prices were last known to hold: AWS's public on-demand prices of us-east-1, without free tiers or savings
 * plans. They are written from memory of the price pages, since no network was at hand: look before relying on one.
 */
export const PRICES_AS_OF = "November 2025";

const GB = 1_000_000_000;

/** The one table of prices. */
export const PRICES: Readonly<Record<keyof Usage, Price>> = {
  writeUnits: {
    service: "DynamoDB",
    unit: "write request units",
    dollars: 0.625,
    per: 1e6,
    source: "DynamoDB on-demand capacity, standard table class (since 2024-11)",
  },
  readUnits: {
    service: "DynamoDB",
    unit: "read request units",
    dollars: 0.125,
    per: 1e6,
    source: "DynamoDB on-demand capacity, standard table class (since 2024-11)",
  },
  apiRequests: {
    service: "API Gateway",
    unit: "HTTP API requests",
    dollars: 1,
    per: 1e6,
    source: "API Gateway, HTTP APIs, first 300 million a month",
  },
  lambdaRequests: { service: "Lambda", unit: "invocations", dollars: 0.2, per: 1e6, source: "Lambda, requests" },
  lambdaGbSeconds: {
    service: "Lambda",
    unit: "GB-seconds, arm64",
    dollars: 0.0000133334,
    per: 1,
    source: "Lambda, Arm duration, first 7.5 billion GB-seconds",
  },
  sqsRequests: {
    service: "SQS",
    unit: "requests of 64 KB",
    dollars: 0.5,
    per: 1e6,
    source: "SQS standard queues, $0.40, and $0.10 more where messages have a group (fair queues)",
  },
  snsRequests: {
    service: "SNS",
    unit: "publishes of 64 KB",
    dollars: 0.5,
    per: 1e6,
    source: "SNS standard topics; deliveries to SQS are free",
  },
  kmsRequests: { service: "KMS", unit: "requests", dollars: 0.03, per: 10_000, source: "KMS, symmetric keys" },
  logBytes: {
    service: "CloudWatch Logs",
    unit: "bytes taken in",
    dollars: 0.5,
    per: GB,
    source: "CloudWatch Logs, standard class, ingestion",
  },
  traces: { service: "X-Ray", unit: "traces recorded", dollars: 5, per: 1e6, source: "X-Ray, traces recorded" },
};

/** Amazon Comprehend, one API on one text: units of 100 characters, at least 3, at $0.0001. */
export const COMPREHEND = { dollarsPerUnit: 0.0001, charactersPerUnit: 100, leastUnits: 3 } as const;

/** What is kept, in dollars for a GB and month; and what stands still, in dollars a month. */
export const STANDING = {
  tableGb: { dollars: 0.25, source: "DynamoDB storage, standard table class" },
  backupGb: { dollars: 0.2, source: "DynamoDB point-in-time recovery" },
  alarm: { dollars: 0.1, source: "CloudWatch, standard alarm metric" },
  key: { dollars: 1, source: "KMS, customer managed key" },
  secret: { dollars: 0.4, source: "Secrets Manager, secret" },
  webAcl: { dollars: 5, source: "WAF, web ACL" },
  webAclRule: { dollars: 1, source: "WAF, rule or managed group" },
} as const;
