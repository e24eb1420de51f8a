import { createContext, Script } from "node:vm";
import * as z from "zod";
import type { Declared } from "../template/kind.ts";
import { bucket, distribution, edgeFunction, headersPolicy } from "../template/kinds/edge.ts";
import type { Declarations } from "../template/read.ts";
import type { World } from "../template/world.ts";
import { TemplateRefused } from "../template/world.ts";

/** What the edge does with a request. Names of headers are in lower case. */
export type EdgeRule =
  /** To the API, with these headers over the client's. */
  | { readonly to: "api"; readonly headers: Readonly<Record<string, string>> }
  /** The console's file of that key (no slash in front), with these headers on the answer. */
  | { readonly to: "console"; readonly key: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly to: "refused"; readonly status: 403 };

/** The template's distribution as one machine needs it. */
export interface LocalEdge {
  /** @param path of the URL, without its query string */
  rule(method: string, path: string): EdgeRule;
}

type Config = z.infer<typeof distribution.properties>["DistributionConfig"];
type Behaviour = Config["DefaultCacheBehavior"];

/**
 * The stacks' one distribution, or undefined where they declare none.
 * @throws TemplateRefused where it leads to anything but the stacks' API and bucket, or refers to what is not declared
 */
export function consoleEdge(declarations: Declarations, world: World): LocalEdge | undefined {
  const [declared, second] = declarations.of(distribution);
  if (declared === undefined) return undefined;
  if (second !== undefined) throw new TemplateRefused(`${placeOf(second)}: a second distribution is not known`);
  const config = declared.properties.DistributionConfig;
  const target = (behaviour: Behaviour) => targetOf(declared, behaviour, declarations, world);
  const special = config.CacheBehaviors.map((one) => ({
    covers: patternOf(one.PathPattern),
    answer: target(one),
  }));
  const rest = target(config.DefaultCacheBehavior);
  return {
    rule(method, path) {
      const whole = path === "/" ? `/${config.DefaultRootObject}` : path;
      return (special.find(({ covers }) => covers.test(path))?.answer ?? rest)(method, whole);
    },
  };
}

function targetOf(
  declared: Declared<typeof distribution.properties>,
  behaviour: Behaviour,
  declarations: Declarations,
  world: World,
): LocalEdge["rule"] {
  const where = placeOf(declared);
  const origin = declared.properties.DistributionConfig.Origins.find(({ Id }) => Id === behaviour.TargetOriginId);
  if (origin === undefined) throw new TemplateRefused(`${where}: it has no origin ${behaviour.TargetOriginId}`);
  const refuses = (method: string): boolean => !behaviour.AllowedMethods.includes(method);
  const refused = { to: "refused", status: 403 } as const;
  if (origin.CustomOriginConfig) {
    if (origin.DomainName !== new URL(world.apiUrl).host)
      throw new TemplateRefused(`${where}: its origin ${origin.Id} is not the stacks' API`);
    const headers = Object.fromEntries(
      origin.OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => [HeaderName.toLowerCase(), HeaderValue]),
    );
    return (method) => (refuses(method) ? refused : { to: "api", headers });
  }
  if (!declarations.of(bucket).some(({ attributes }) => attributes.RegionalDomainName === origin.DomainName))
    throw new TemplateRefused(`${where}: its origin ${origin.Id} is not the stacks' bucket`);
  const headers = headersOf(behaviour.ResponseHeadersPolicyId, declarations, where);
  const rewrite = rewriteOf(behaviour, declarations, where);
  return (method, path) =>
    refuses(method) ? refused : { to: "console", key: rewrite(method, path).slice(1), headers };
}

/** CloudFront's patterns know * for any characters and ? for one. */
function patternOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`);
}

function headersOf(policy: string | undefined, declarations: Declarations, where: string): Record<string, string> {
  if (policy === undefined) return {};
  const found = declarations.of(headersPolicy).find(({ ref }) => ref === policy);
  if (found === undefined) throw new TemplateRefused(`${where}: no stack declares its headers policy`);
  const { CustomHeadersConfig, SecurityHeadersConfig: security = {} } = found.properties.ResponseHeadersPolicyConfig;
  const { ContentSecurityPolicy, ContentTypeOptions, FrameOptions, ReferrerPolicy, StrictTransportSecurity } = security;
  return {
    ...(ContentSecurityPolicy && { "content-security-policy": ContentSecurityPolicy.ContentSecurityPolicy }),
    ...(ContentTypeOptions && { "x-content-type-options": "nosniff" }),
    ...(FrameOptions && { "x-frame-options": FrameOptions.FrameOption }),
    ...(ReferrerPolicy && { "referrer-policy": ReferrerPolicy.ReferrerPolicy }),
    ...(StrictTransportSecurity && {
      "strict-transport-security": `max-age=${StrictTransportSecurity.AccessControlMaxAgeSec}; includeSubDomains`,
    }),
    ...Object.fromEntries(CustomHeadersConfig?.Items.map(({ Header, Value }) => [Header.toLowerCase(), Value]) ?? []),
  };
}

const rewritten = z.object({ uri: z.string().startsWith("/") });

/** The path that the behaviour's function makes of a path: the template's own code is run. */
function rewriteOf(
  behaviour: Behaviour,
  declarations: Declarations,
  where: string,
): (method: string, path: string) => string {
  const [association] = behaviour.FunctionAssociations;
  if (association === undefined) return (_, path) => path;
  const found = declarations
    .of(edgeFunction)
    .find(({ attributes }) => attributes.FunctionARN === association.FunctionARN);
  if (found === undefined) throw new TemplateRefused(`${where}: no stack declares its function`);
  const context = createContext();
  new Script(found.properties.FunctionCode).runInContext(context);
  const handler: unknown = new Script("handler").runInContext(context);
  if (typeof handler !== "function") throw new TemplateRefused(`${placeOf(found)}: its code has no function handler`);
  return (method, uri) =>
    rewritten.parse(handler({ request: { method, uri, querystring: {}, headers: {}, cookies: {} } })).uri;
}

const placeOf = ({ stack, logicalId }: Declared): string => `${stack}/${logicalId}`;
