// `npm run openapi`: writes docs/openapi.json from the contracts; a unit test fails where the file is not up to date.
import { writeFileSync } from "node:fs";
import { openApi } from "../shared/contracts/openapi.ts";

const target = new URL("../docs/openapi.json", import.meta.url);
writeFileSync(target, `${JSON.stringify(openApi(), null, 2)}\n`);
process.stdout.write("wrote docs/openapi.json\n");
