import type { SynthesisedStack } from "../../infra/synthesise.ts";
import { PRICES, STANDING } from "./prices.ts";

const DAYS_A_MONTH = 30.4;
/** Lambda's pollers of an idle queue: five at least, each asking for 20 seconds. */
const POLLERS = 5;
const POLL_SECONDS = 20;

export interface StandingCosts {
  readonly alarms: number;
  readonly keys: number;
  readonly mappings: number;
  readonly secrets: number;
  /** Of the web ACLs, groups of AWS's counted once. */
  readonly firewallRules: number;
  /** Dollars a month, whether or not an item comes. */
  readonly dollars: number;
}

/** What the stacks cost by standing there. */
export function standingCosts(stacks: readonly SynthesisedStack[]): StandingCosts {
  const resources = stacks.flatMap(({ template }) => Object.values(template.Resources));
  const of = (type: string) => resources.filter(({ Type }) => Type === type);
  const count = (type: string): number => of(type).length;
  const [alarms, keys] = [count("AWS::CloudWatch::Alarm"), count("AWS::KMS::Key")];
  const mappings = count("AWS::Lambda::EventSourceMapping");
  const polls = (mappings * POLLERS * DAYS_A_MONTH * 86_400) / POLL_SECONDS;
  const secrets = count("AWS::SecretsManager::Secret");
  const firewalls = of("AWS::WAFv2::WebACL");
  const firewallRules = firewalls.flatMap(({ Properties }) => Properties?.Rules ?? []).length;
  const { dollars, per } = PRICES.sqsRequests;
  return {
    alarms,
    keys,
    mappings,
    secrets,
    firewallRules,
    dollars:
      alarms * STANDING.alarm.dollars +
      keys * STANDING.key.dollars +
      secrets * STANDING.secret.dollars +
      firewalls.length * STANDING.webAcl.dollars +
      firewallRules * STANDING.webAclRule.dollars +
      (polls / per) * dollars,
  };
}

const GB = 1_000_000_000;

/** Dollars a month to keep what a million items leave, with its backup. */
export function keepingDollars(storedBytes: number, items: number): number {
  const gigabytes = ((storedBytes / items) * 1_000_000) / GB;
  return gigabytes * (STANDING.tableGb.dollars + STANDING.backupGb.dollars);
}
