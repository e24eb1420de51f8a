import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { documentClient } from "../../shared/store/table.ts";
import { listAudit } from "./list-audit.ts";

const { TABLE_CASES } = readConfig(["TABLE_CASES"]);

export const handler = httpStack(
  routes["list-audit"],
  listAudit(auditStore({ client: documentClient(), name: TABLE_CASES })),
);
