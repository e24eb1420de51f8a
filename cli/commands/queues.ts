import { readFileSync } from "node:fs";
import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";
import { userPath } from "../user-path.ts";
import { age } from "../views/age.ts";
import { table } from "../views/table.ts";

export const queues = defineCommand({
  words: ["queues"],
  summary: "List the queues: how many cases wait in each lane, and for how long the oldest has.",
  arguments: [],
  options: API_OPTIONS,
  async run(_, { json, ...api }) {
    const found = await callApi(connect(api, "moderator"), routes["list-queues"]);
    const rows = found.queues.flatMap(({ name, lanes }) =>
      lanes
        .filter(({ waiting }) => waiting > 0)
        .map(({ lane, waiting, oldestSeconds }) => [
          name,
          lane,
          String(waiting),
          oldestSeconds === undefined ? "" : age(oldestSeconds),
        ]),
    );
    const names = found.queues.map(({ name }) => name).join(", ");
    const lines = rows.length === 0 ? [] : table(["queue", "lane", "cases", "oldest"], rows);
    print(json, found, [...lines, `queues: ${names}; version ${found.version}`]);
    return EXIT.ok;
  },
});

function readQueues(file: string): unknown {
  try {
    return JSON.parse(readFileSync(userPath(file), "utf8"));
  } catch {
    throw new CommandFailed("queues set: the file is not there, or is not JSON");
  }
}

export const setQueues = defineCommand({
  words: ["queues", "set"],
  summary: "Replace the queues and their rules by those of a file. Needs a lead's key.",
  arguments: ["FILE"],
  options: {
    version: {
      type: "string",
      value: "N",
      about: "only if the queues are still at this version; without it, whatever it is",
    },
    ...API_OPTIONS,
  },
  about: [
    'FILE holds a JSON list such as [{"name": "turkish", "rules": [{"languages": ["tr"]}]}]. A case goes to the first queue ' +
      "with a rule that fits when it is opened; cases that wait already stay where they are.",
  ],
  async run([file = ""], { version, json, ...api }) {
    const list = readQueues(file);
    const access = connect(api, "lead");
    const seen = version === undefined ? (await callApi(access, routes["list-queues"])).version : Number(version);
    const set = await callApi(access, routes["set-queues"], { body: { version: seen, queues: list } });
    print(json, set, [`the queues are at version ${set.version}`]);
    return EXIT.ok;
  },
});
