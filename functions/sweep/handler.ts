import { MetricUnit } from "@aws-lambda-powertools/metrics";
import middy from "@middy/core";
import { snsClient, topic } from "../../shared/queue/topic.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { logger, metrics } from "../../shared/runtime/logger.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { caseStore } from "../../shared/store/cases.ts";
import { clusterStore } from "../../shared/store/clusters.ts";
import { decisionJournal } from "../../shared/store/decision-journal.ts";
import { documentClient } from "../../shared/store/table.ts";
import { publishOwed } from "./publish-owed.ts";

const config = readConfig(["TABLE_CASES", "TOPIC_DECISIONS"]);
const table = { client: documentClient(), name: config.TABLE_CASES };
const sweep = publishOwed({
  cases: caseStore(table),
  clusters: clusterStore(table),
  journal: decisionJournal(table),
  audit: auditStore(table),
  decisions: topic(snsClient(), config.TOPIC_DECISIONS),
});

export const handler = middy().handler(async () => {
  const { published, failed } = await sweep(systemClock());
  if (published + failed > 0) logger.info("swept", { published, failed });
  metrics.addMetric("OwedPublished", MetricUnit.Count, published);
  metrics.addMetric("OwedFailed", MetricUnit.Count, failed);
  metrics.publishStoredMetrics();
  // A failed run is an alarm and a retry of the schedule; what was published is settled and not published again.
  if (failed > 0) throw new Error("some owed events were not published");
});
