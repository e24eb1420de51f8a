import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HostileService, startHostileTables } from "../conformance/hostile-services.ts";
import { createTables, startDynalite, type Tables } from "../conformance/tables.ts";
import { racesSuite } from "./races-suite.ts";
import { workSuite } from "./work-suite.ts";

const tenant = () => `t${randomBytes(8).toString("hex")}`;

function suite(open: () => Promise<Tables>): void {
  let tables: Tables | undefined;
  beforeAll(async () => {
    tables = await open();
  });
  afterAll(() => tables?.remove());
  const opened = (): Tables => {
    if (!tables) throw new Error("the tables are not there yet");
    return tables;
  };
  describe("races", () => racesSuite(opened, tenant));
  describe("work", () => workSuite(opened, tenant));
}

describe("the desk on the embedded DynamoDB", () => {
  suite(async () => {
    const { config, stop } = await startDynalite();
    const tables = await createTables(config);
    return { ...tables, remove: () => tables.remove().then(stop) };
  });
});

describe("the desk on a hostile DynamoDB: stale indexes, unprocessed items, outages", () => {
  let service: HostileService;
  suite(async () => {
    service = await startHostileTables({
      seed: 7,
      outages: 0.03,
      unprocessed: 0.2,
      staleIndex: { share: 0.3, ageMs: 200 },
    });
    const tables = await createTables(service.config);
    return { ...tables, remove: () => tables.remove().then(service.stop) };
  });
  it("and it was hostile", () => {
    expect(service.mishaps.get("outage")).toBeGreaterThan(5);
    expect(service.mishaps.get("stale index")).toBeGreaterThan(0);
  });
});
