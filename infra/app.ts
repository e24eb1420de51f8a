import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { pageRoutes } from "../shared/contracts/page-routes.ts";
import { routes as contractRoutes } from "../shared/contracts/routes.ts";
import type { PublishedRoute } from "./constructs/api.ts";
import { FirewallStack } from "./stacks/firewall.ts";
import { StatefulStack } from "./stacks/stateful.ts";
import { StatelessStack } from "./stacks/stateless.ts";

const root = join(import.meta.dirname, "..");

export interface AppOptions {
  /** Where to write the cloud assembly; the CDK's own choice if absent. */
  readonly outdir?: string;
  /** Whether cdk-nag and the CDK's own validator check the stacks while they are synthesised; true if absent. */
  readonly nag?: boolean;
  /** The code of the function of a name; its folder in build/functions if absent. */
  readonly code?: (name: string) => Code;
  readonly routes?: readonly PublishedRoute[];
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Touchstone's stacks, for any account and, but for the firewall, any region. Rejects where a route does not declare its callers. */
export async function buildApp(options: AppOptions = {}): Promise<App> {
  const app = new App({
    analyticsReporting: false,
    // It takes seconds; the embedded cloud's reader refuses what it does not know anyway.
    builtinCloudFormationValidation: options.nag ?? true,
    // The CDK's CLI would pass cdk.json's context; read here, the template is the same without it.
    context: { ...cdkContext(), ...options.context },
    ...(options.outdir !== undefined && { outdir: options.outdir }),
  });
  const state = new StatefulStack(app, "touchstone-stateful");
  const firewall = new FirewallStack(app, "touchstone-firewall");
  const stateless = new StatelessStack(app, "touchstone-stateless", {
    state,
    webAcl: firewall.webAcl,
    routes: options.routes ?? [...Object.values(contractRoutes), ...Object.values(pageRoutes)],
    code: options.code ?? ((name) => Code.fromAsset(join(root, "build/functions", name))),
  });
  stateless.addStackDependency(firewall);
  if (options.nag ?? true) {
    // Loaded only here: the embedded cloud also starts where development packages are not installed.
    const { AwsSolutionsChecks } = await import("cdk-nag");
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  }
  return app;
}

function cdkContext(): Record<string, unknown> {
  return JSON.parse(readFileSync(join(root, "cdk.json"), "utf8")).context;
}

if (import.meta.main) {
  const { bundleFunctions } = await import("./bundle.ts");
  await bundleFunctions();
  const app = await buildApp({ outdir: process.env.CDK_OUTDIR ?? join(root, "cdk.out") });
  const { directory, stacks } = app.synth();
  console.log(`cdk-nag is content; ${stacks.map(({ stackName }) => stackName).join(", ")} are in ${directory}.`);
}
