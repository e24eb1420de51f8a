import { afterAll, beforeAll, describe } from "vitest";
import { startHostileQueues } from "./hostile-services.ts";
import { queueSuite } from "./queue-suite.ts";
import { onAws, openQueues, type Queues, type Service } from "./queues.ts";

function suite(start: () => Promise<Service>): void {
  let queues: Queues | undefined;
  beforeAll(async () => {
    queues = openQueues(await start());
  });
  afterAll(() => queues?.remove());
  queueSuite(() => {
    if (!queues) throw new Error("the queues are not there yet");
    return queues;
  });
}

describe("the queues on the embedded SQS and SNS", () => suite(() => startHostileQueues({})));

// Needs credentials and a region in the environment; makes queues and topics named touchstone-test-… and removes them.
describe.skipIf(!process.env.TOUCHSTONE_TEST_AWS)("the queues on AWS (set TOUCHSTONE_TEST_AWS=1 to run)", () =>
  suite(async () => onAws),
);
