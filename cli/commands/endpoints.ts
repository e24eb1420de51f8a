import { setTimeout as wait } from "node:timers/promises";
import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { CommandFailed, defineCommand, EXIT } from "../command.ts";
import { print } from "../print.ts";
import { deliveryLines } from "../views/delivery-view.ts";
import { endpointLines } from "../views/endpoint-view.ts";

const EVERY_MS = 300;
/** The second queue gives a receiver ten seconds, after the first has given it one and a half. */
const PATIENCE_MS = 60_000;

export const testSubscription = defineCommand({
  words: ["subscriptions", "test"],
  summary: "Send a subscription's receiver a test message, paused or not, and say how it went.",
  arguments: ["ID"],
  options: {
    "no-wait": { type: "boolean", about: "print the delivery's id at once instead of waiting" },
    ...API_OPTIONS,
  },
  about: ["The exit code is 1 where it did not arrive. A test is tried once, and never replayed."],
  async run([id = ""], { "no-wait": noWait, json, ...api }) {
    const access = connect(api, "admin");
    const begun = await callApi(access, routes["test-subscription"], { params: { id }, body: {} });
    if (noWait) {
      print(json, begun, [begun.id]);
      return EXIT.ok;
    }
    const until = Date.now() + PATIENCE_MS;
    let now = begun;
    while (now.state === "waiting") {
      if (Date.now() > until)
        throw new CommandFailed(
          `subscriptions test: still on its way; \`deliveries show ${begun.id}\` tells how it went`,
        );
      await wait(EVERY_MS);
      now = await callApi(access, routes["get-delivery"], { params: { id: begun.id } });
    }
    print(json, now, deliveryLines(now));
    return now.state === "delivered" ? EXIT.ok : EXIT.refused;
  },
});

export const showEndpoint = defineCommand({
  words: ["subscriptions", "endpoint"],
  summary: "Say how a subscription's receiver is doing, and since when its secrets sign.",
  arguments: ["ID"],
  options: API_OPTIONS,
  async run([id = ""], { json, ...api }) {
    const access = connect(api, "admin");
    const [found, { document }] = await Promise.all([
      callApi(access, routes["get-endpoint"], { params: { id } }),
      callApi(access, routes["get-subscription"], { params: { id } }),
    ]);
    print(json, found, endpointLines(found, document.channel.type === "webhook" ? id : undefined));
    return EXIT.ok;
  },
});

export const rotateSecret = defineCommand({
  words: ["subscriptions", "rotate-secret"],
  summary: "Give a webhook a new signing secret; it is shown once.",
  arguments: ["ID"],
  options: API_OPTIONS,
  about: [
    "Only the secret goes to standard output, so that it can be piped to where it is kept; what to do with it goes to standard " +
      "error. The one before signs beside it for 24 hours.",
  ],
  async run([id = ""], { json, ...api }) {
    const made = await callApi(connect(api, "admin"), routes["rotate-secret"], { params: { id }, body: {} });
    print(json, made, [made.secret]);
    const [before] = made.former;
    if (!json)
      process.stderr.write(
        before?.until === undefined
          ? "This is the secret that its messages are signed with; it is not shown again.\n"
          : `Messages are signed with this secret from now on, and with the one before until ${before.until.slice(0, 16).replace("T", " ")} UTC: change the receiver over by then. It is not shown again.\n`,
      );
    return EXIT.ok;
  },
});
