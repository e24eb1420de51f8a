import { jobMessage } from "../../shared/contracts/messages.ts";
import { conclude } from "../../shared/queue/conclude.ts";
import { sqsClient } from "../../shared/queue/item-queue.ts";
import { jobQueue } from "../../shared/queue/job-queue.ts";
import { ownQueue } from "../../shared/queue/own-queue.ts";
import { snsClient, topic } from "../../shared/queue/topic.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { queueStack } from "../../shared/runtime/queue-stack.ts";
import { audienceVerdictStore } from "../../shared/store/audience-verdicts.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { clusterStore } from "../../shared/store/clusters.ts";
import { decisionJournal } from "../../shared/store/decision-journal.ts";
import { depthStore } from "../../shared/store/depths.ts";
import { jobStore } from "../../shared/store/jobs.ts";
import { policyStore } from "../../shared/store/policies.ts";
import { documentClient } from "../../shared/store/table.ts";
import { verdictJournal } from "../../shared/store/verdict-journal.ts";
import { verdictStore } from "../../shared/store/verdicts.ts";
import { backtestWork } from "./backtest-work.ts";
import { comparedPolicies, policyLoader } from "./load-policies.ts";
import { runPart } from "./run-part.ts";
import { takeBack } from "./take-back.ts";
import { undoWork } from "./undo-work.ts";

const config = readConfig([
  "TABLE_VERDICTS",
  "TABLE_CASES",
  "TABLE_DIRECTORY",
  "TOPIC_DECISIONS",
  "QUEUE_JOBS",
  "QUEUE_SELF",
  "QUEUE_DEAD",
]);
const client = documentClient();
const verdicts = { client, name: config.TABLE_VERDICTS };
const cases = { client, name: config.TABLE_CASES };
const sqs = sqsClient();
const jobs = jobStore(cases);
const journal = verdictJournal(verdicts);
const decided = decisionJournal(cases);
const ports = {
  cases: caseStore(cases),
  clusters: clusterStore(cases),
  depths: depthStore(cases),
  decisions: topic(snsClient(), config.TOPIC_DECISIONS),
};
const policies = policyLoader(policyStore({ client, name: config.TABLE_DIRECTORY }));

export const handler = queueStack(
  jobMessage,
  ownQueue(sqs, config.QUEUE_SELF, config.QUEUE_DEAD),
  runPart({
    jobs,
    queue: jobQueue(sqs, config.QUEUE_JOBS),
    work: {
      backtest: backtestWork({ journal, decisions: decided, compared: comparedPolicies(policies) }),
      undo: undoWork({
        journal,
        jobs,
        cases: takeBack({
          ...ports,
          verdicts: verdictStore(verdicts),
          audiences: audienceVerdictStore(verdicts),
          conclude: conclude({ ...ports, audit: auditStore(cases), journal: decided }),
        }),
        policies,
        clock: systemClock,
      }),
    },
    clock: systemClock,
  }),
);
