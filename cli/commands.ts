import type { Command } from "./command.ts";
import { acknowledgeAlert, listAlerts, showAlert } from "./commands/alerts.ts";
import { audience } from "./commands/audience.ts";
import { audit } from "./commands/audit.ts";
import { author } from "./commands/author.ts";
import { bulk } from "./commands/bulk.ts";
import { oneCase } from "./commands/case.ts";
import { cases } from "./commands/cases.ts";
import { deadLetters } from "./commands/dead-letters.ts";
import { decide } from "./commands/decide.ts";
import { decisions } from "./commands/decisions.ts";
import { listDeliveries, showDelivery } from "./commands/deliveries.ts";
import { replayDeliveries } from "./commands/deliveries-replay.ts";
import { rotateSecret, showEndpoint, testSubscription } from "./commands/endpoints.ts";
import { erase } from "./commands/erase.ts";
import { eventFeed } from "./commands/event-feed.ts";
import { events } from "./commands/events.ts";
import { claim, release, transfer } from "./commands/hold.ts";
import { ingest } from "./commands/ingest.ts";
import { createKey, listKeys, revokeKey } from "./commands/keys.ts";
import { members, removeMember, setMember } from "./commands/members.ts";
import { next } from "./commands/next.ts";
import { note } from "./commands/note.ts";
import { activatePolicy } from "./commands/policy-activate.ts";
import { backtestPolicy } from "./commands/policy-backtest.ts";
import { checkPolicyCommand } from "./commands/policy-check.ts";
import { shadowDifferences } from "./commands/policy-differences.ts";
import { listPolicies } from "./commands/policy-list.ts";
import { listQuarantines, resetQuarantine } from "./commands/policy-quarantines.ts";
import { deactivatePolicy, rollBackPolicy } from "./commands/policy-rollback.ts";
import { savePolicy } from "./commands/policy-save.ts";
import { startShadow, stopShadow } from "./commands/policy-shadow.ts";
import { showPolicy } from "./commands/policy-show.ts";
import { undoCause } from "./commands/policy-undo.ts";
import { queues, setQueues } from "./commands/queues.ts";
import { redrive } from "./commands/redrive.ts";
import { score } from "./commands/score.ts";
import { search } from "./commands/search.ts";
import {
  deleteSubscription,
  disableSubscription,
  enableSubscription,
  listSubscriptions,
  saveSubscription,
  showSubscription,
} from "./commands/subscriptions.ts";
import { target } from "./commands/target.ts";
import { createTenantCommand, linkTenant } from "./commands/tenants.ts";
import { reopen, undo } from "./commands/undo.ts";
import { verdict } from "./commands/verdict.ts";

/** Every command of `touchstone`, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  ingest,
  score,
  verdict,
  target,
  audience,
  author,
  search,
  cases,
  oneCase,
  next,
  claim,
  release,
  transfer,
  note,
  decide,
  decisions,
  checkPolicyCommand,
  savePolicy,
  listPolicies,
  showPolicy,
  activatePolicy,
  rollBackPolicy,
  deactivatePolicy,
  startShadow,
  stopShadow,
  // After those whose name begins as its own.
  shadowDifferences,
  listQuarantines,
  resetQuarantine,
  backtestPolicy,
  undoCause,
  undo,
  reopen,
  bulk,
  // Two words before one: the first that fits is the command.
  setQueues,
  queues,
  setMember,
  removeMember,
  members,
  audit,
  saveSubscription,
  showSubscription,
  enableSubscription,
  disableSubscription,
  deleteSubscription,
  testSubscription,
  showEndpoint,
  rotateSecret,
  listSubscriptions,
  listDeliveries,
  showDelivery,
  replayDeliveries,
  showAlert,
  acknowledgeAlert,
  listAlerts,
  eventFeed,
  events,
  deadLetters,
  redrive,
  erase,
  createTenantCommand,
  linkTenant,
  createKey,
  listKeys,
  revokeKey,
];
