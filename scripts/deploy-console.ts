// `npm run deploy:console -- --outputs outputs.json`: builds the console and puts it into the bucket that the stacks
// made, with the AWS CLI and whoever's credentials the shell has.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import * as z from "zod";
import { buildConsole } from "../console/build.ts";
import { type AwsCli, uploadConsole } from "../infra/upload-console.ts";

const fromFile = z
  .record(z.string(), z.record(z.string(), z.unknown()))
  .transform((stacks) => Object.assign({}, ...Object.values(stacks)));
const needed = z.object({
  ConsoleBucket: z.string(),
  Domain: z.string(),
  SignInIssuer: z.string(),
  SignInClientId: z.string(),
});

const aws: AwsCli = (args, input = "") =>
  new Promise((done, failed) => {
    const child = spawn("aws", args, { stdio: ["pipe", "inherit", "inherit"] });
    child.once("error", () => failed(new Error("the AWS CLI (`aws`) could not be started: is it installed?")));
    child.once("close", (code) =>
      code === 0 ? done() : failed(new Error(`aws ${args.slice(0, 2).join(" ")} failed`)),
    );
    // Where it could not be started, that is said by its error.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { outputs: { type: "string", default: "outputs.json" } } });
  const outputs = needed.safeParse(fromFile.parse(JSON.parse(readFileSync(values.outputs, "utf8"))));
  if (!outputs.success) {
    const missing = outputs.error.issues.map(({ path }) => path.join(".")).join(", ");
    throw new Error(`${values.outputs} lacks ${missing}: write it with cdk deploy --all --outputs-file`);
  }
  const { ConsoleBucket: bucket, Domain, SignInIssuer: issuer, SignInClientId: clientId } = outputs.data;
  const { folder } = await buildConsole();
  await uploadConsole({ folder, bucket, config: { issuer, clientId } }, aws);
  process.stdout.write(`The console is at https://${Domain}/\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`deploy:console: ${error instanceof Error ? error.message : "failed"}\n`);
  process.exitCode = 1;
});
