import { describe, expect, it } from "vitest";
import { BASELINE, billFault, steadyDollars } from "../../../bench/bill/baseline.ts";
import { billOf, comprehendDollars } from "../../../bench/bill/bill.ts";
import { keepingDollars, standingCosts } from "../../../bench/bill/standing.ts";
import type { Usage } from "../../../bench/count/usage.ts";

const nothing: Usage = {
  writeUnits: 0,
  readUnits: 0,
  apiRequests: 0,
  lambdaRequests: 0,
  lambdaGbSeconds: 0,
  sqsRequests: 0,
  snsRequests: 0,
  kmsRequests: 0,
  logBytes: 0,
  traces: 0,
};

describe("billOf", () => {
  it("prices each thing that is counted", () => {
    // Of a million items, one unit each: the public price of a million of it.
    const dollarsOf = (use: Partial<Usage>) => billOf({ ...nothing, ...use }, 1).total;
    expect(dollarsOf({ writeUnits: 1 })).toBeCloseTo(0.625, 6);
    expect(dollarsOf({ readUnits: 1 })).toBeCloseTo(0.125, 6);
    expect(dollarsOf({ apiRequests: 1 })).toBeCloseTo(1, 6);
    expect(dollarsOf({ lambdaRequests: 1 })).toBeCloseTo(0.2, 6);
    expect(dollarsOf({ lambdaGbSeconds: 1 })).toBeCloseTo(13.3334, 6);
    expect(dollarsOf({ sqsRequests: 1 })).toBeCloseTo(0.5, 6);
    expect(dollarsOf({ snsRequests: 1 })).toBeCloseTo(0.5, 6);
    expect(dollarsOf({ kmsRequests: 1 })).toBeCloseTo(3, 6);
    expect(dollarsOf({ logBytes: 1_000 })).toBeCloseTo(0.5, 6);
    expect(dollarsOf({ traces: 1 })).toBeCloseTo(5, 6);
  });

  it("scales what some items used to a million, and adds up", () => {
    const bill = billOf({ ...nothing, writeUnits: 1_500, sqsRequests: 150 }, 500);
    expect(bill.lines.find(({ price }) => price.unit === "write request units")?.amount).toBe(3_000_000);
    expect(bill.total).toBeCloseTo(3 * 0.625 + 0.3 * 0.5, 6);
  });
});

describe("comprehendDollars", () => {
  it("bills three units of a hundred characters at least", () => {
    expect(comprehendDollars(85)).toBeCloseTo(300, 6);
    expect(comprehendDollars(300)).toBeCloseTo(300, 6);
    expect(comprehendDollars(301)).toBeCloseTo(400, 6);
  });
});

describe("the baseline", () => {
  it("leaves out what depends on the machine", () => {
    const slow = { ...nothing, writeUnits: 10, lambdaGbSeconds: 1_000, logBytes: 1e9 };
    expect(steadyDollars(slow, 10)).toBeCloseTo(0.625, 6);
  });

  it("is missed by a bill that doubles, and only by one", () => {
    const per = (factor: number) => ({ ...nothing, writeUnits: (BASELINE.posts / 0.625) * factor });
    expect(billFault("posts", per(1.9), 1)).toBeUndefined();
    expect(billFault("posts", per(2.01), 1)).toContain("posts");
  });
});

describe("what is paid besides", () => {
  it("keeps a GB with its backup for 45 cents a month", () => {
    expect(keepingDollars(10_000, 10)).toBeCloseTo(0.45, 6);
  });

  it("counts alarms, keys, secrets, the firewall and idle polls of a template", () => {
    const Resources = {
      a: { Type: "AWS::CloudWatch::Alarm" },
      b: { Type: "AWS::CloudWatch::Alarm" },
      k: { Type: "AWS::KMS::Key" },
      m: { Type: "AWS::Lambda::EventSourceMapping" },
      t: { Type: "AWS::DynamoDB::Table" },
      s: { Type: "AWS::SecretsManager::Secret" },
      w: { Type: "AWS::WAFv2::WebACL", Properties: { Rules: [{}, {}, {}] } },
    };
    const costs = standingCosts([{ name: "stack", template: { Resources }, assets: {} }]);
    expect(costs).toMatchObject({ alarms: 2, keys: 1, mappings: 1, secrets: 1, firewallRules: 3 });
    // Five pollers, three polls a minute each, 30.4 days: 656,640 requests.
    expect(costs.dollars).toBeCloseTo(0.2 + 1 + 0.4 + 5 + 3 + 0.656_64 * 0.5, 6);
  });
});
