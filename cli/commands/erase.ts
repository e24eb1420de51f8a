import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
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
  },
  about: [
    "Needs a key with the role admin. The author's content key is destroyed, so that backups hold nothing readable either; " +
      "cases keep a pseudonym. Items under legal hold stay and are counted. Cut off in the middle, the same command goes on.",
  ],
  async run(_, { author, yes, json, ...api }) {
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
    live.clear();
    const stayed = held === 0 ? "" : `; ${counted(held, "item")} stayed under legal hold`;
    print(json, { author, erased, held }, [`${counted(erased, "item")} forgotten${stayed}`]);
    return EXIT.ok;
  },
});
