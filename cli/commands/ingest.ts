import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { countOf } from "../count.ts";
import { dataDirOf } from "../deployment.ts";
import { type Checkpoint, checkpoint, type Progress } from "../ingest/checkpoint.ts";
import { ingestFile } from "../ingest/ingest-file.ts";
import { refusalLog } from "../ingest/refusal-log.ts";
import { NO_MARK } from "../ingest/watermark.ts";
import { FORMAT_OPTION, FORMATS_ABOUT, openItems } from "../items/open-items.ts";
import { SendFailed } from "../items/send-items.ts";
import { openSource } from "../items/source.ts";
import { liveLine } from "../live-line.ts";
import { counted, grouped, progressLine } from "../progress-line.ts";
import { userPath } from "../user-path.ts";

/** Most refused lines that are named one by one. */
const NAMED = 20;
/** Seconds for which nothing may answer: long enough for a restart. */
const PATIENCE = 60;

const NOTHING: Progress = { ...NO_MARK, refusedBytes: 0 };
/** Standard input cannot be gone back to. */
const FORGETFUL: Checkpoint = { load: () => "none", save: () => undefined, remove: () => undefined };

export const ingest = defineCommand({
  words: ["ingest"],
  summary: "Hand a file of items in through the API; one that was cut off goes on where it was.",
  arguments: ["FILE"],
  options: {
    ...FORMAT_OPTION,
    limit: { type: "string", value: "N", about: "hand in the first N items only" },
    refused: {
      type: "string",
      value: "FILE",
      about: "write every refused line with its reason to FILE, as JSON Lines",
    },
    restart: { type: "boolean", about: "begin with the first line, whatever an earlier run has done" },
    ...API_OPTIONS,
  },
  about: [
    "FILE may be - for standard input. Waits where the tenant's quota asks it to, and for up to a minute where nothing " +
      "answers. Killed in the middle, the same command goes on after the last line up to which everything was answered; " +
      "an item that is sent twice is taken once. Exit code 0: all were accepted; 1: some were refused (the first 20 are " +
      "named, --refused keeps all); 2: the command line is wrong, or the API cannot be reached or refuses the key.",
    ...FORMATS_ABOUT,
  ],
  async run([file = ""], { format, limit, refused: refusedFile, restart, json, ...api }) {
    const most = countOf("ingest", "limit", limit);
    const path = file === "-" ? "-" : userPath(file);
    const source = openSource("ingest", path);
    const access = connect(api, "platform");
    await callApi(access, routes.health);
    const { url, tenant } = access;
    const state = path === "-" ? FORGETFUL : checkpoint(dataDirOf(api.data), { path, format, url, tenant });
    const live = liveLine(process.stderr);
    const left = restart ? "none" : state.load();
    if (left === "changed") live.say("the file has changed since an earlier run was cut off: beginning anew");
    const from = typeof left === "string" ? NOTHING : left;
    if (from.line > 0) live.say(`going on after line ${grouped(from.line)}, where an earlier run was cut off`);
    const log = refusalLog(refusedFile === undefined ? undefined : userPath(refusedFile), from.refusedBytes);
    const began = Date.now();
    const secondsNow = (): number => (Date.now() - began) / 1000;
    let named = 0;
    let passedOver = 0;
    const stop = (): never => {
      live.say("stopped; the same command goes on from here");
      process.exit(130);
    };
    process.once("SIGINT", stop);
    try {
      const mark = await ingestFile({
        lines: openItems(source, format, most),
        from,
        to: { url, token: access.token, patience: PATIENCE },
        checkpoint: state,
        log,
        refused: (line, why) => {
          named += 1;
          if (named <= NAMED) live.say(`refused line ${line}: ${why}`);
          else if (named === NAMED + 1) live.say("further refusals are counted; --refused FILE keeps them all");
        },
        waiting: (why) => live.show(why),
        progress: ({ accepted, refused }) => {
          const share = Math.max(
            source.bytes ? source.bytesRead() / source.bytes : 0,
            most === undefined ? 0 : (accepted + refused) / most,
          );
          const done = accepted + refused - from.accepted - from.refused;
          if (done === 0) passedOver = share;
          live.show(
            progressLine({
              share: source.bytes === undefined && most === undefined ? undefined : share,
              seconds: secondsNow(),
              from: from.line === 0 ? 0 : passedOver,
              done,
              facts: [`${grouped(accepted)} accepted`, `${grouped(refused)} refused`],
            }),
          );
        },
      });
      state.remove();
      live.clear();
      const { accepted, refused } = mark;
      const seconds = secondsNow();
      const rate = Math.round((accepted + refused - from.accepted - from.refused) / Math.max(seconds, 0.001));
      const before = from.line > 0 ? `, ${grouped(from.accepted + from.refused)} of them in an earlier run` : "";
      const summary = `${counted(accepted, "item")} accepted, ${grouped(refused)} refused${before}; ${seconds.toFixed(1)} s, ${grouped(rate)}/s`;
      process.stdout.write(
        json ? `${JSON.stringify({ accepted, refused, seconds, resumedAfter: from.line })}\n` : `${summary}\n`,
      );
      return refused > 0 ? EXIT.refused : EXIT.ok;
    } catch (error) {
      live.clear();
      if (!(error instanceof SendFailed)) throw error;
      throw new CommandFailed(`ingest: ${error.message}${path === "-" ? "" : "; the same command goes on from here"}`);
    } finally {
      process.removeListener("SIGINT", stop);
      log.close();
    }
  },
});
