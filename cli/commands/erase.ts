import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { discardLettersOf } from "../dead-letters/letters-of-author.ts";
import { OPERATOR_OPTIONS } from "../deployment.ts";
import { liveLine } from "../live-line.ts";
import { print } from "../print.ts";
import { counted } from "../progress-line.ts";

export const erase = defineCommand({
  words: ["erase"],
  summary: "Forget an author: their verdicts, words and scoring state, for good.",
  arguments: [],
  options: {
    author: { type: "string", value: "ID", about: "the author to forget" },
    yes: { type: "boolean", about: "yes, for good" },
    ...API_OPTIONS,
    outputs: OPERATOR_OPTIONS.outputs,
  },
  about: [
    "Needs a key with the role admin. The author's content key is destroyed, so that backups hold nothing readable either; " +
      "cases keep a pseudonym. Items under legal hold stay and are counted. Cut off in the middle, the same command goes on.",
    "Dead letters of the author are deleted too; for that the command works on the queues of this machine, or with --outputs " +
      "on those of AWS. With --url alone they stay until they are redriven (then they are dropped) or 14 days are over.",
  ],
  async run(_, { author, yes, json, outputs, ...api }) {
    if (author === undefined) throw new CommandFailed("erase: say whom with --author ID");
    if (!yes) throw new CommandFailed("erase: nothing brings an erased author back; add --yes if you mean it");
    const access = connect(api, "admin");
    const live = liveLine(process.stderr);
    let erased = 0;
    let held = 0;
    let cursor: string | undefined;
    for (let done = false; !done; ) {
      const answer = await callApi(access, routes["erase-author"], {
        params: { id: author },
        body: cursor === undefined ? {} : { cursor },
      });
      erased += answer.erased;
      held += answer.held;
      cursor = answer.cursor;
      done = answer.done;
      live.show(`${counted(erased, "item")} forgotten`);
    }
    const reach = outputs !== undefined || api.url === undefined;
    const where = { outputs, data: api.data };
    const deadLetters = reach ? await discardLettersOf(where, access.tenant, author) : undefined;
    live.clear();
    const buried =
      deadLetters === undefined
        ? "; dead letters were not looked at"
        : deadLetters === 0
          ? ""
          : `; ${counted(deadLetters, "dead letter")} deleted`;
    const stayed = held === 0 ? "" : `; ${counted(held, "item")} stayed under legal hold`;
    print(json, { author, erased, held, deadLetters }, [`${counted(erased, "item")} forgotten${buried}${stayed}`]);
    return EXIT.ok;
  },
});
