import type { LocalFunction } from "../lambda/function.ts";
import type { Declared } from "../template/kind.ts";
import { api, authorizer, integration, route } from "../template/kinds/api.ts";
import { permission } from "../template/kinds/functions.ts";
import type { Declarations } from "../template/read.ts";
import type { World } from "../template/world.ts";
import { TemplateRefused } from "../template/world.ts";
import type { Authoriser } from "./authoriser.ts";
import { openAuthoriser } from "./authoriser.ts";
import type { ApiIdentity } from "./event.ts";
import type { GatewayRoute } from "./gateway.ts";

/**
 * The routes of the stacks' one HTTP API, or undefined where they declare none.
 * @param functionOf finds a function by its ARN or by the ARN by which API Gateway invokes it
 * @throws TemplateRefused where something is missing that AWS would answer 500 for: a target, or the permission to invoke
 */
export function wireApi(
  declarations: Declarations,
  world: World,
  functionOf: (arn: string, asker: string) => LocalFunction,
): { routes: GatewayRoute[]; identity: ApiIdentity } | undefined {
  const [declared, second] = declarations.of(api);
  if (declared === undefined) return undefined;
  if (second !== undefined)
    throw new TemplateRefused(`${second.stack}/${second.logicalId}: a second API is not known to the embedded cloud`);
  const apiArn = `arn:${world.partition}:execute-api:${world.region}:${world.account}:${declared.ref}`;
  const authorisers = new Map(
    declarations.of(authorizer).map((one): [string, Authoriser] => {
      const where = placeOf(one);
      const target = functionOf(one.properties.AuthorizerUri, where);
      requirePermission(declarations, target, `${apiArn}/authorizers/${one.ref}`, where);
      return [
        one.ref,
        openAuthoriser({
          function: target,
          stageArn: `${apiArn}/$default`,
          identitySources: one.properties.IdentitySource,
          cacheSeconds: one.properties.AuthorizerResultTtlInSeconds,
        }),
      ];
    }),
  );
  const integrations = new Map(declarations.of(integration).map((one) => [`integrations/${one.ref}`, one]));
  const routes = declarations.of(route).map((one): GatewayRoute => {
    const where = placeOf(one);
    const { RouteKey: key, Target, AuthorizationType, AuthorizerId } = one.properties;
    const target = integrations.get(Target);
    if (target === undefined) throw new TemplateRefused(`${where}: no stack declares its integration`);
    const fn = functionOf(target.properties.IntegrationUri, where);
    const [method = "*", path = "/*"] = key.split(" ");
    requirePermission(declarations, fn, `${apiArn}/$default/${method}${path}`, where);
    const authoriser = AuthorizationType === "CUSTOM" ? authorisers.get(AuthorizerId ?? "") : undefined;
    if (AuthorizationType === "CUSTOM" && authoriser === undefined)
      throw new TemplateRefused(`${where}: no stack declares its authoriser`);
    return { key, function: fn, timeoutMs: target.properties.TimeoutInMillis, authoriser };
  });
  return { routes, identity: { accountId: world.account, apiId: declared.ref } };
}

function requirePermission(declarations: Declarations, fn: LocalFunction, sourceArn: string, where: string): void {
  const granted = declarations.of(permission).some(({ properties }) => {
    const { FunctionName, Principal, SourceArn = "*" } = properties;
    const named = FunctionName === fn.plan.arn || FunctionName === fn.plan.physicalName;
    return named && Principal === "apigateway.amazonaws.com" && covers(SourceArn, sourceArn);
  });
  if (!granted) throw new TemplateRefused(`${where}: API Gateway has no permission to invoke ${fn.plan.name}`);
}

/** Whether an ARN with wildcards covers another, in which path parameters stand as the route writes them. */
function covers(pattern: string, arn: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\?]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${source}$`).test(arn);
}

function placeOf({ stack, logicalId }: Declared): string {
  return `${stack}/${logicalId}`;
}
