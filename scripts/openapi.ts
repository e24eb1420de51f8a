// `npm run openapi`: writes docs/openapi.json from the contracts, docs/policy.schema.json and the tables on policies from
// the vocabulary and the packs; unit tests fail where a file is not up to date.
import { writeFileSync } from "node:fs";
import { openApi } from "../shared/contracts/openapi.ts";
import { policyPages } from "./policy-docs.ts";

const target = new URL("../docs/openapi.json", import.meta.url);
writeFileSync(target, `${JSON.stringify(openApi(), null, 2)}\n`);
const pages = policyPages();
for (const [path, text] of pages) writeFileSync(new URL(`../docs/${path}`, import.meta.url), text);
process.stdout.write(`wrote docs/openapi.json and ${pages.size} files on policies\n`);
