// `npm run -s touchstone -- COMMAND`: what operators, moderators and the curious do from a terminal.
import { CommandFailed, EXIT } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { helpOf, overview } from "./help.ts";
import { readArguments } from "./read-arguments.ts";

/** Errors of the SDK and of Node name what failed and quote nothing that people wrote. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "unknown");

async function main(): Promise<number> {
  const asked = readArguments(process.argv.slice(2), COMMANDS);
  if (asked.kind === "run") return asked.command.run(asked.given, asked.values);
  process.stdout.write(`${asked.command ? helpOf(asked.command) : overview(COMMANDS)}\n`);
  return EXIT.ok;
}

// `touchstone … | head`: whoever reads may stop reading.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.ok);
  throw error;
});

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const known = error instanceof CommandFailed;
    process.stderr.write(`touchstone: ${known ? error.message : `failed unexpectedly (${nameOf(error)})`}\n`);
    process.exitCode = known ? error.exitCode : EXIT.failed;
  },
);
