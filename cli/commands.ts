import type { Command } from "./command.ts";
import { audience } from "./commands/audience.ts";
import { oneCase } from "./commands/case.ts";
import { cases } from "./commands/cases.ts";
import { deadLetters } from "./commands/dead-letters.ts";
import { decide } from "./commands/decide.ts";
import { erase } from "./commands/erase.ts";
import { ingest } from "./commands/ingest.ts";
import { createKey, listKeys, revokeKey } from "./commands/keys.ts";
import { redrive } from "./commands/redrive.ts";
import { score } from "./commands/score.ts";
import { target } from "./commands/target.ts";
import { createTenantCommand } from "./commands/tenants.ts";
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
  decide,
  deadLetters,
  redrive,
  erase,
  createTenantCommand,
  createKey,
  listKeys,
  revokeKey,
];
