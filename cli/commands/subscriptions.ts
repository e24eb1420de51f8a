import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";
import { userPath } from "../user-path.ts";
import { subscriptionLines, subscriptionRow } from "../views/subscription-view.ts";
import { table } from "../views/table.ts";

export const listSubscriptions = defineCommand({
  words: ["subscriptions"],
  summary: "List who hears of what, by which channel and when.",
  arguments: [],
  options: API_OPTIONS,
  async run(_, { json, ...api }) {
    const found = await callApi(connect(api, "admin"), routes["list-subscriptions"]);
    const rows = found.subscriptions.map(subscriptionRow);
    const head = ["id", "name", "hears of", "by", "when", "state"];
    print(json, found, rows.length === 0 ? ["no subscriptions"] : table(head, rows));
    return EXIT.ok;
  },
});

export const showSubscription = defineCommand({
  words: ["subscriptions", "show"],
  summary: "Show one subscription.",
  arguments: ["ID"],
  options: API_OPTIONS,
  async run([id = ""], { json, ...api }) {
    const found = await callApi(connect(api, "admin"), routes["get-subscription"], { params: { id } });
    print(json, found, subscriptionLines(found));
    return EXIT.ok;
  },
});

function readDocument(file: string): unknown {
  try {
    return JSON.parse(readFileSync(userPath(file), "utf8"));
  } catch {
    throw new CommandFailed("subscriptions save: the file is not there, or is not JSON");
  }
}

/** As people write them: no letter that is taken for another. */
const newId = (): string => `sub_${randomBytes(6).toString("hex")}`;

export const saveSubscription = defineCommand({
  words: ["subscriptions", "save"],
  summary: "Make a subscription from a file, or replace one.",
  arguments: ["FILE"],
  options: {
    id: { type: "string", value: "ID", about: "replace this one; without it, a new one is made" },
    version: { type: "string", value: "N", about: "with --id: only if it is still at this version" },
    ...API_OPTIONS,
  },
  about: [
    'FILE holds JSON such as {"name": "Complaints", "places": ["verdict"], "filter": {"kinds": ["review"], "minSeverity": 4}, ' +
      '"channel": {"type": "inbox"}}. All that it may hold is in docs/alerts.md.',
  ],
  async run([file = ""], { id: known, version, json, ...api }) {
    const document = readDocument(file);
    const access = connect(api, "admin");
    const id = known ?? newId();
    const current = known && version === undefined ? routes["get-subscription"] : undefined;
    const seen = current ? (await callApi(access, current, { params: { id } })).version : Number(version ?? 0);
    const saved = await callApi(access, routes["save-subscription"], {
      params: { id },
      body: { version: seen, document },
    });
    print(json, saved, [`${saved.id} is at version ${saved.version}`, ...subscriptionLines(saved).slice(1)]);
    return EXIT.ok;
  },
});

const change = (
  word: "enable" | "disable" | "delete",
  summary: string,
  done: string,
  route: (typeof routes)[`${typeof word}-subscription`],
) =>
  defineCommand({
    words: ["subscriptions", word],
    summary,
    arguments: ["ID"],
    options: API_OPTIONS,
    async run([id = ""], { json, ...api }) {
      const access = connect(api, "admin");
      const { version } = await callApi(access, routes["get-subscription"], { params: { id } });
      const now = await callApi(access, route, { params: { id }, body: { version } });
      print(json, now, [`${id} ${done}`]);
      return EXIT.ok;
    },
  });

export const enableSubscription = change(
  "enable",
  "Let a subscription that stands still go on.",
  "goes on",
  routes["enable-subscription"],
);
export const disableSubscription = change(
  "disable",
  "Let a subscription stand still: nothing is sent by it.",
  "stands still",
  routes["disable-subscription"],
);
export const deleteSubscription = change(
  "delete",
  "Remove a subscription; its alerts stay in the inbox.",
  "is gone",
  routes["delete-subscription"],
);
