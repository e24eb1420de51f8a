import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { AssetManifestArtifact } from "aws-cdk-lib/cx-api";
import { type AppOptions, buildApp } from "./app.ts";

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

export interface SynthesisedStack {
  readonly name: string;
  readonly template: {
    readonly Resources: Readonly<Record<string, TemplateResource>>;
    readonly Outputs?: Readonly<
      Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>
    >;
    readonly [section: string]: unknown;
  };
  /** From the S3 key that a function's code has in the template to the folder that it was bundled into. */
  readonly assets: Readonly<Record<string, string>>;
}

/**
 * The stacks' templates, each after those that it depends on, made in this process without network or Docker. The
 * functions must have been bundled before (see bundle.ts), unless `code` says otherwise.
 */
export async function synthesise(
  options: Pick<AppOptions, "nag" | "code" | "routes" | "context"> = {},
): Promise<SynthesisedStack[]> {
  const outdir = await mkdtemp(join(tmpdir(), "touchstone-synth-"));
  try {
    // Nothing is uploaded from here, so the bundles need no copy: assets point to build/functions itself.
    const app = await buildApp({
      ...options,
      outdir,
      context: { ...options.context, "aws:cdk:disable-asset-staging": true },
    });
    return app.synth().stacks.map((stack) => ({
      name: stack.stackName,
      template: stack.template as SynthesisedStack["template"],
      assets: Object.fromEntries(
        stack.dependencies
          .filter((artifact) => AssetManifestArtifact.isAssetManifestArtifact(artifact))
          .flatMap(({ contents, file }) =>
            Object.values(contents.files ?? {}).flatMap(({ source, destinations }) =>
              source.packaging === "zip" && source.path !== undefined
                ? Object.values(destinations).map(({ objectKey }) => [
                    objectKey,
                    resolve(dirname(file), source.path ?? ""),
                  ])
                : [],
            ),
          ),
      ),
    }));
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}
