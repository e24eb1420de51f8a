import type { Command } from "./command.ts";
import { audience } from "./commands/audience.ts";
import { audit } from "./commands/audit.ts";
import { bulk } from "./commands/bulk.ts";
import { oneCase } from "./commands/case.ts";
import { cases } from "./commands/cases.ts";
import { deadLetters } from "./commands/dead-letters.ts";
import { decide } from "./commands/decide.ts";
import { erase } from "./commands/erase.ts";
import { claim, release, transfer } from "./commands/hold.ts";
import { ingest } from "./commands/ingest.ts";
import { createKey, listKeys, revokeKey } from "./commands/keys.ts";
import { members, setMember } from "./commands/members.ts";
import { next } from "./commands/next.ts";
import { note } from "./commands/note.ts";
import { queues, setQueues } from "./commands/queues.ts";
import { redrive } from "./commands/redrive.ts";
import { score } from "./commands/score.ts";
import { target } from "./commands/target.ts";
import { createTenantCommand } from "./commands/tenants.ts";
import { reopen, undo } from "./commands/undo.ts";
import { verdict } from "./commands/verdict.ts";

/** Every command of `touchstone`, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  ingest,
  score,
  verdict,
  target,
  audience,
  cases,
  oneCase,
  next,
  claim,
  release,
  transfer,
  note,
  decide,
  undo,
  reopen,
  bulk,
  // Two words before one: the first that fits is the command.
  setQueues,
  queues,
  setMember,
  members,
  audit,
  deadLetters,
  redrive,
  erase,
  createTenantCommand,
  createKey,
  listKeys,
  revokeKey,
];
