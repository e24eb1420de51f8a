// `npm run lock`: after `npm install`, gives the lock file the entries of other platforms' optional packages that npm
// leaves out where its registry does not hold them. Without them `npm ci` refuses the lock file everywhere.
import { readFileSync, writeFileSync } from "node:fs";
import { type Lock, missingEntries } from "./lock-entries.ts";

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8")) as Lock;
const missing = missingEntries(lock);
const packages = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
process.stdout.write(`package-lock.json: ${Object.keys(missing).length} entries added\n`);
