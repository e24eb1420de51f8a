import { attacks } from "./attacks.ts";
import { commerce } from "./commerce.ts";
import type { FunctionalTest } from "./functional-test.ts";
import { harm } from "./harm.ts";
import { notAttacks } from "./not-attacks.ts";
import { respelled } from "./respelled.ts";

/** Every functional test, attacks first. */
export const functionalSuite: readonly FunctionalTest[] = [
  ...attacks,
  ...notAttacks,
  ...harm,
  ...commerce,
  ...respelled,
];
