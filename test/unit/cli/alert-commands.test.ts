import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { EXIT } from "../../../cli/command.ts";
import { COMMANDS } from "../../../cli/commands.ts";
import { readArguments } from "../../../cli/read-arguments.ts";

// As on a machine on which nothing was ever started.
beforeEach(() => {
  vi.stubEnv("TOUCHSTONE_DATA", join(tmpdir(), "touchstone-never-started"));
  vi.stubEnv("TOUCHSTONE_KEY", undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const run = async (args: readonly string[]): Promise<number> => {
  const asked = readArguments(args, COMMANDS);
  return asked.kind === "run" ? asked.command.run(asked.given, asked.values) : EXIT.ok;
};

it.each([
  [["deliveries"], "deliveries: say which: list, show, replay"],
  [["deliveries", "list"], "deliveries list: SUBSCRIPTION is missing: deliveries list SUBSCRIPTION"],
  [
    ["deliveries", "list", "sub_aaaaaaaaaaaa", "--state", "dead"],
    "deliveries list: --state takes one of: waiting, delivered, failed, cancelled; not `dead`",
  ],
  [
    ["deliveries", "list", "sub_aaaaaaaaaaaa", "--since", "monday"],
    "deliveries list: --since takes 30d, 12h, 90m or a time such as 2026-11-01T00:00:00Z",
  ],
  [["deliveries", "replay"], "deliveries replay: say which delivery, or --subscription ID with --since WHEN"],
  [
    ["deliveries", "replay", "msg_x", "--since", "1h"],
    "deliveries replay: say either one delivery's ID or --subscription with --since",
  ],
  [
    ["deliveries", "replay", "--subscription", "sub_aaaaaaaaaaaa"],
    "deliveries replay: say from when on with --since, such as --since 30d",
  ],
  [
    ["deliveries", "replay", "--subscription", "sub_aaaaaaaaaaaa", "--since", "1h", "--state", "failed,dead"],
    "deliveries replay: --state takes one or several of: delivered, failed, cancelled; with commas between",
  ],
  [
    ["subscriptions", "save", "x.yaml", "--version", "2"],
    "subscriptions save: --version is for one that is there; say which with --id",
  ],
  [["events", "--after", "x", "--since", "1h"], "events: say either --after or --since"],
  [["events", "feed", "maybe"], "events feed: say `on` or `off`, or nothing to see how it stands"],
  [
    ["events", "feed", "on", "--allowed", "cats"],
    "events feed: --allowed takes one or several of: post, review, audience; with commas between, or none",
  ],
  [["events", "feed", "--allowed", "post"], "events feed: --allowed is set together with `on` or `off`"],
])("%j is refused before anything is called, with what to do", async (args, sentence) => {
  await expect(run(args)).rejects.toMatchObject({ name: "CommandFailed", exitCode: EXIT.failed, message: sentence });
});
