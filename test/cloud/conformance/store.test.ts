import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe } from "vitest";
import { alertStoreSuite } from "./alert-store-suite.ts";
import { audienceStatesSuite } from "./audience-states-suite.ts";
import { audienceVerdictsSuite } from "./audience-verdicts-suite.ts";
import { authorsSuite } from "./authors-suite.ts";
import { caseStoreSuite } from "./case-store-suite.ts";
import { countedStatesSuite } from "./counted-states-suite.ts";
import { deliveryStoreSuite } from "./delivery-store-suite.ts";
import { deskStoreSuite } from "./desk-store-suite.ts";
import { directorySuite } from "./directory-suite.ts";
import { eventFeedSuite } from "./event-feed-suite.ts";
import { flowSuite } from "./flow-suite.ts";
import { journalSuite } from "./journal-suite.ts";
import { policiesSuite } from "./policies-suite.ts";
import { subjectsSuite } from "./subjects-suite.ts";
import { subscriptionStoreSuite } from "./subscription-store-suite.ts";
import { createTables, startDynalite, type Tables } from "./tables.ts";
import { textBandsSuite } from "./text-bands-suite.ts";
import { verdictStoreSuite } from "./verdict-store-suite.ts";

/** A name of a tenant that no other test, and no earlier run on the same tables, has used. */
const tenant = () => `t${randomBytes(8).toString("hex")}`;

function suite(open: () => Promise<Tables>): void {
  let tables: Tables | undefined;
  const opened = (): Tables => {
    if (!tables) throw new Error("the tables are not there yet");
    return tables;
  };
  beforeAll(async () => {
    tables = await open();
  });
  afterAll(() => tables?.remove());
  describe("verdicts", () => verdictStoreSuite(opened, tenant));
  describe("cases", () => caseStoreSuite(opened, tenant));
  describe("the desk", () => deskStoreSuite(opened, tenant));
  describe("directory and content", () => directorySuite(opened, tenant));
  describe("policies", () => policiesSuite(opened, tenant));
  describe("members and who they are", () => subjectsSuite(opened, tenant));
  describe("the feed of events", () => eventFeedSuite(opened, tenant));
  describe("counted states", () => countedStatesSuite(opened, tenant));
  describe("audience states", () => audienceStatesSuite(opened, tenant));
  describe("text bands", () => textBandsSuite(opened, tenant));
  describe("audience verdicts", () => audienceVerdictsSuite(opened, tenant));
  describe("authors and their keys", () => authorsSuite(opened, tenant));
  describe("journals", () => journalSuite(opened, tenant));
  describe("deliveries and endpoints", () => deliveryStoreSuite(opened, tenant));
  describe("alerts and subscriptions", () => alertStoreSuite(opened, tenant));
  describe("owners and allowances", () => subscriptionStoreSuite(opened, tenant));
  describe("flows, breakers and shadows", () => flowSuite(opened, tenant));
}

describe("the stores on the embedded DynamoDB", () => {
  suite(async () => {
    const { config, stop } = await startDynalite();
    const tables = await createTables(config);
    return { ...tables, remove: () => tables.remove().then(stop) };
  });
});

// Needs credentials and a region in the environment; makes tables named touchstone-test-… and removes them again.
describe.skipIf(!process.env.TOUCHSTONE_TEST_AWS)("the stores on AWS (set TOUCHSTONE_TEST_AWS=1 to run)", () => {
  suite(() => createTables({}));
});
