import type { Grants } from "./read-template.ts";

/** Policies, what watches over them, and the jobs over the past. */
export const POLICIES_GRANTS: Grants = {
  policies: {
    variables: "TABLE_DIRECTORY",
    calls: ["dynamodb:GetItem TableDirectory", "dynamodb:Query TableDirectory"],
  },
  "edit-policies": {
    variables: "TABLE_DIRECTORY",
    calls: ["dynamodb:GetItem TableDirectory", "dynamodb:Query TableDirectory", "dynamodb:PutItem TableDirectory"],
  },
  shadows: {
    variables: "TABLE_DIRECTORY TABLE_VERDICTS TABLE_SIGNALS",
    calls: [
      "dynamodb:GetItem TableDirectory",
      "dynamodb:Query TableDirectory",
      "dynamodb:BatchGetItem TableVerdicts",
      "dynamodb:Query TableVerdicts",
      "dynamodb:Query TableSignals",
    ],
  },
  quarantines: {
    variables: "TABLE_SIGNALS TOPIC_EVENTS",
    calls: ["dynamodb:GetItem TableSignals", "dynamodb:PutItem TableSignals", "sns:Publish TopicEvents"],
  },
  backtests: {
    variables: "TABLE_CASES TABLE_DIRECTORY QUEUE_JOBS",
    calls: [
      "dynamodb:GetItem TableCases",
      "dynamodb:Query TableCases",
      "dynamodb:PutItem TableCases",
      "dynamodb:UpdateItem TableCases",
      "dynamodb:GetItem TableDirectory",
      "dynamodb:Query TableDirectory",
      "sqs:SendMessage QueueJobs",
    ],
  },
  undos: {
    variables: "TABLE_CASES TABLE_DIRECTORY QUEUE_JOBS",
    calls: [
      "dynamodb:GetItem TableCases",
      "dynamodb:Query TableCases",
      "dynamodb:PutItem TableCases",
      "dynamodb:UpdateItem TableCases",
      "dynamodb:GetItem TableDirectory",
      "sqs:SendMessage QueueJobs",
    ],
  },
  "run-job": {
    variables: "TABLE_VERDICTS TABLE_CASES TABLE_DIRECTORY TOPIC_DECISIONS QUEUE_JOBS QUEUE_SELF QUEUE_DEAD",
    calls: [
      "dynamodb:BatchGetItem TableVerdicts",
      "dynamodb:Query TableVerdicts",
      "dynamodb:UpdateItem TableVerdicts",
      "dynamodb:BatchGetItem TableCases",
      "dynamodb:GetItem TableCases",
      "dynamodb:Query TableCases",
      "dynamodb:PutItem TableCases",
      "dynamodb:UpdateItem TableCases",
      "dynamodb:DeleteItem TableCases",
      "dynamodb:BatchWriteItem TableCases",
      "dynamodb:GetItem TableDirectory",
      "sns:Publish TopicDecisions",
      "sqs:SendMessage QueueJobs",
      "sqs:ReceiveMessage QueueJobs",
      "sqs:DeleteMessage QueueJobs",
      "sqs:GetQueueAttributes QueueJobs",
      "sqs:ChangeMessageVisibility QueueJobs",
      "sqs:SendMessage QueueJobsDead",
    ],
  },
};
