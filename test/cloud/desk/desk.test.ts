import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HostileService, startHostileTables } from "../conformance/hostile-services.ts";
import { createTables, embeddedTables, type Tables } from "../conformance/tables.ts";
import { clustersSuite } from "./clusters-suite.ts";
import { racesSuite } from "./races-suite.ts";
import { workSuite } from "./work-suite.ts";

const LAG_MS = 200;
const tenant = () => `t${randomBytes(8).toString("hex")}`;

/** @param lagMs how old what an index shows may be */
function suite(open: () => Promise<Tables>, lagMs = 0): void {
  let tables: Tables | undefined;
  beforeAll(async () => {
    tables = await open();
  });
  afterAll(() => tables?.remove());
  const opened = (): Tables => {
    if (!tables) throw new Error("the tables are not there yet");
    return tables;
  };
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, lagMs));
  describe("races", () => racesSuite(opened, tenant, settled));
  describe("work", () => workSuite(opened, tenant, settled));
  describe("clusters", () => clustersSuite(opened, tenant));
}

describe("the desk on the embedded DynamoDB", () => {
  suite(embeddedTables);
});

describe("the desk on a hostile DynamoDB: stale indexes, unprocessed items, outages", () => {
  let service: HostileService;
  suite(async () => {
    service = await startHostileTables({
      seed: 7,
      outages: 0.03,
      unprocessed: 0.2,
      staleIndex: { share: 0.3, ageMs: LAG_MS },
    });
    const tables = await createTables(service.config);
    return { ...tables, remove: () => tables.remove().then(service.stop) };
  }, LAG_MS + 50);
  it("and it was hostile", () => {
    expect(service.mishaps.get("outage")).toBeGreaterThan(5);
    expect(service.mishaps.get("stale index")).toBeGreaterThan(0);
  });
});
