import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { routes } from "../../shared/contracts/routes.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpStack } from "../../shared/runtime/http-stack.ts";
import { describeError, logger } from "../../shared/runtime/logger.ts";
import { documentClient } from "../../shared/store/table.ts";
import { checkHealth } from "./check-health.ts";

const { TABLE_DIRECTORY: TableName } = readConfig(["TABLE_DIRECTORY"]);
const client = documentClient();

export const handler = httpStack(
  routes.health,
  checkHealth(async () => {
    try {
      await client.send(new GetCommand({ TableName, Key: { pk: "health", sk: "health" } }));
      return true;
    } catch (error) {
      logger.warn("the directory does not answer", describeError(error));
      return false;
    }
  }),
);
