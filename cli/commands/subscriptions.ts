import { randomBytes } from "node:crypto";
import { routes } from "../../shared/contracts/routes.ts";
import { ApiRefused, callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { countOf } from "../count.ts";
import { caretLines } from "../documents/caret-lines.ts";
import { type DocumentFile, readDocumentFile } from "../documents/read-document-file.ts";
import { print } from "../print.ts";
import { counted } from "../progress-line.ts";
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

/** As people write them: no letter that is taken for another. */
const newId = (): string => `sub_${randomBytes(6).toString("hex")}`;

const SAVE = "subscriptions save";

/** Where the document stands in the body that is sent. */
const BODY_POINTER = /^\/document(?=\/|$)/;

/** Says of each fault where it is in the file; what is about something else is thrown as it came. */
function placedFaults(refusal: ApiRefused, file: string, read: DocumentFile, json: boolean): CommandFailed {
  if (!refusal.faults.some(({ pointer }) => BODY_POINTER.test(pointer))) return refusal;
  const faults = refusal.faults.map(({ pointer: sent, detail, fix }) => {
    const pointer = sent.replace(BODY_POINTER, "");
    const path = pointer.split("/").slice(1);
    const place = read.source.placeOf(path.map((name) => (/^\d+$/.test(name) ? Number(name) : name)));
    return { pointer, message: detail, ...place, ...(fix === undefined ? {} : { fix }) };
  });
  print(json, { ok: false, faults }, caretLines(file, read, faults));
  return new CommandFailed(`${SAVE}: nothing was saved: ${counted(faults.length, "fault")}`, refusal.exitCode);
}

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
    'FILE (`-`: standard input) holds YAML or JSON such as {"name": "Complaints", "places": ["verdict"], "filter": ' +
      '{"kinds": ["review"], "minSeverity": 4}, "channel": {"type": "inbox"}}. All that it may hold is in docs/alerts.md. ' +
      "What is wrong with it is printed with its place in the file; nothing is saved then.",
  ],
  async run([file = ""], { id: known, version, json, ...api }) {
    if (version !== undefined && known === undefined)
      throw new CommandFailed(`${SAVE}: --version is for one that is there; say which with --id`);
    const asked = countOf(SAVE, "version", version);
    const read = readDocumentFile(SAVE, file, "subscription");
    const access = connect(api, "admin");
    const id = known ?? newId();
    const find = async () => (await callApi(access, routes["get-subscription"], { params: { id } })).version;
    const seen = asked ?? (known === undefined ? 0 : await find());
    const request = { params: { id }, body: { version: seen, document: read.document } };
    const saved = await callApi(access, routes["save-subscription"], request).catch((error: unknown) => {
      throw error instanceof ApiRefused ? placedFaults(error, file, read, json) : error;
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
  "Let a paused subscription go on.",
  "goes on",
  routes["enable-subscription"],
);
export const disableSubscription = change(
  "disable",
  "Pause a subscription: nothing is sent by it.",
  "is paused",
  routes["disable-subscription"],
);
export const deleteSubscription = change(
  "delete",
  "Remove a subscription; its alerts stay in the inbox.",
  "is gone",
  routes["delete-subscription"],
);
