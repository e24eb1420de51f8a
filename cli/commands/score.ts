import { statSync } from "node:fs";
import { builtInPolicies, compilePolicies, type PolicySet } from "../../shared/policy/compiled-policies.ts";
import { BUILT_IN } from "../../shared/policy/inherited-rules.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { countOf } from "../count.ts";
import { caretLines } from "../documents/caret-lines.ts";
import { FORMAT_OPTION, FORMATS_ABOUT, openItems } from "../items/open-items.ts";
import { openSource } from "../items/source.ts";
import { liveLine } from "../live-line.ts";
import { checkFile, PARENTS_OPTION } from "../policy/known-policies.ts";
import { counted, grouped, progressLine } from "../progress-line.ts";
import { lineWriter } from "../score/line-writer.ts";
import { offlineJudge } from "../score/offline-judge.ts";
import { redactedWords } from "../score/redacted-words.ts";
import { scoreLines } from "../score/score-lines.ts";
import { userPath } from "../user-path.ts";

/** Lines between two looks at the clock. */
const LOOK_EVERY = 500;

function sameFile(a: string, b: string): boolean {
  try {
    const [one, other] = [statSync(a), statSync(b)];
    return one.dev === other.dev && one.ino === other.ino;
  } catch {
    return false;
  }
}

/** What decides where there is but this policy; versions count from 1 as they would when it is saved. */
function policiesFrom(file: string, parents: string | undefined): PolicySet {
  const { read, checked, parents: ancestors } = checkFile("score", file, parents);
  if (!checked.ok) {
    process.stderr.write(
      caretLines(file, read, checked.faults)
        .map((line) => `${line}\n`)
        .join(""),
    );
    throw new CommandFailed("score: the policy does not pass its check, see above", EXIT.refused);
  }
  const own = [checked.document, ...ancestors].filter(({ id }) => id !== BUILT_IN.document.id);
  return compilePolicies(own.map((document) => ({ document, version: 1 })));
}

export const score = defineCommand({
  words: ["score"],
  summary: "Score a file of items here, without a server: items in, verdicts out.",
  arguments: ["FILE"],
  options: {
    out: { type: "string", value: "FILE", about: "where the verdicts go, one a line; - is standard output" },
    ...FORMAT_OPTION,
    policy: { type: "string", value: "FILE", about: "a policy to score by, YAML or JSON; left out, the built-in one" },
    ...PARENTS_OPTION,
    limit: { type: "string", value: "N", about: "stop after N items" },
    redact: { type: "boolean", about: "add each text to its line, with the personal data in it replaced by its kind" },
  },
  about: [
    "Nothing is sent anywhere and nothing is stored. FILE may be - for standard input. Each good line gives one verdict " +
      "with its reasons in words, in the same order, as POST /v1/score answers, by the built-in policy or the one of --policy. A line that " +
      "cannot be read is named on standard error with its place and passed over; the exit code is then 2.",
    "Reviews, follows and audiences are scored by what came before them in the same file; the state of 25,000 authors, " +
      "targets and accounts is remembered, those least recently seen are forgotten first. Digests carry no tenant's key.",
    ...FORMATS_ABOUT,
  ],
  async run([file = ""], { out, format, limit, redact, policy, parents, json }) {
    if (out === undefined) throw new CommandFailed("score: say where the verdicts go: --out FILE, or --out - ");
    const most = countOf("score", "limit", limit);
    const input = file === "-" ? "-" : userPath(file);
    const output = out === "-" ? "-" : userPath(out);
    const source = openSource("score", input);
    if (input !== "-" && output !== "-" && sameFile(input, output))
      throw new CommandFailed("score: --out is the input file; name another");
    const policies = policy === undefined ? builtInPolicies : policiesFrom(policy, parents);
    const writer = lineWriter("score", output);
    const live = liveLine(process.stderr);
    const began = Date.now();
    let lines = 0;
    const watched = async function* () {
      for await (const one of openItems(source, format, most)) {
        lines += 1;
        if (lines % LOOK_EVERY === 0) {
          const share = source.bytes ? source.bytesRead() / source.bytes : undefined;
          const facts = [`${grouped(lines)} lines`];
          live.show(progressLine({ share, seconds: (Date.now() - began) / 1000, done: lines, facts }));
        }
        yield one;
      }
    };
    const { scored, bad } = await scoreLines(watched(), {
      judge: offlineJudge(systemClock, policies),
      write: writer.write,
      ...(redact ? { beside: redactedWords } : {}),
      bad: (line, why) => live.say(`line ${line}: ${why}`),
    });
    await writer.end();
    live.clear();
    const seconds = (Date.now() - began) / 1000;
    const perSecond = Math.round(scored / Math.max(seconds, 0.001));
    const summary = `${counted(scored, "verdict")} in ${seconds.toFixed(1)} s (${grouped(perSecond)}/s)`;
    const inJson = `${JSON.stringify({ scored, bad, seconds })}\n`;
    // The verdicts themselves may be what stands on standard output.
    if (json) (output === "-" ? process.stderr : process.stdout).write(inJson);
    else process.stderr.write(`${summary}${bad > 0 ? `; ${counted(bad, "line")} could not be read, see above` : ""}\n`);
    return bad > 0 ? EXIT.failed : EXIT.ok;
  },
});
