import middy from "@middy/core";
import type {
  APIGatewaySimpleAuthorizerWithContextResult,
  APIGatewayRequestAuthorizerEventV2 as Event,
} from "aws-lambda";
import { ORIGIN_HEADER } from "../../shared/contracts/origin-header.ts";
import { verifyAccessToken } from "../../shared/identity/access-token.ts";
import { fetchKeys, signingKeys } from "../../shared/identity/signing-keys.ts";
import { type AuthoriserContext, contextOf } from "../../shared/runtime/caller.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { originCheck } from "../../shared/runtime/origin-secret.ts";
import { apiKeyStore } from "../../shared/store/api-keys.ts";
import { memberStore } from "../../shared/store/members.ts";
import { subjectStore } from "../../shared/store/subjects.ts";
import { documentClient } from "../../shared/store/table.ts";
import { verifyCaller } from "./verify-caller.ts";

const config = readConfig(["TABLE_DIRECTORY", "IDENTITY_ISSUER", "IDENTITY_CLIENT"]);
const directory = { client: documentClient(), name: config.TABLE_DIRECTORY };
const verify = verifyCaller({
  keys: apiKeyStore(directory),
  members: memberStore(directory),
  subjects: subjectStore(directory),
  verifyToken: verifyAccessToken({
    issuer: config.IDENTITY_ISSUER,
    client: config.IDENTITY_CLIENT,
    keys: signingKeys(fetchKeys(config.IDENTITY_ISSUER), systemClock),
  }),
});

const comesThroughEdge = originCheck();

// An HTTP API cannot shape the answer to a request that its authoriser denies, and callers are owed problem+json that
// says what to do. So every request passes here with what was found, and the stack of every route lets in only a
// verified caller with a role that the route's contract names; a route that forgot its stack has no caller at all.
export const handler = middy<Event, APIGatewaySimpleAuthorizerWithContextResult<AuthoriserContext>>().handler(
  async ({ headers }) => {
    const found = comesThroughEdge(headers?.[ORIGIN_HEADER])
      ? await verify(headers?.authorization, systemClock())
      : ({ refusal: "wrong_origin" } as const);
    return { isAuthorized: true, context: contextOf(found) };
  },
);
