import { notePaused } from "../../shared/alerts/note-paused.ts";
import { pageRoutes } from "../../shared/contracts/page-routes.ts";
import { MAIL_SHEET, mailPage } from "../../shared/delivery/email/mail-page.ts";
import { systemClock } from "../../shared/runtime/clock.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import { httpRoutes } from "../../shared/runtime/http-routes.ts";
import { pageStack } from "../../shared/runtime/page-stack.ts";
import { keysByKms } from "../../shared/runtime/tenant-context.ts";
import { alertStore } from "../../shared/store/alerts.ts";
import { auditStore } from "../../shared/store/audit.ts";
import { subscriptionStore } from "../../shared/store/subscriptions.ts";
import { documentClient } from "../../shared/store/table.ts";
import { askConfirmation, confirmAddress } from "./confirm-address.ts";
import type { MailLinks } from "./known-link.ts";
import { askUnsubscription, unsubscribe } from "./unsubscribe.ts";

const config = readConfig(["TABLE_DIRECTORY", "TABLE_CASES", "TABLE_DELIVERIES", "KEY_CONTENT"]);
const client = documentClient();
const directory = { client, name: config.TABLE_DIRECTORY };
const links: MailLinks = {
  subscriptions: subscriptionStore(directory),
  keys: keysByKms(directory, config.KEY_CONTENT, systemClock),
  audit: auditStore({ client, name: config.TABLE_CASES }),
  notePaused: notePaused({ alerts: alertStore({ client, name: config.TABLE_DELIVERIES }) }),
};

const pages = {
  sheet: MAIL_SHEET,
  broken: mailPage({
    status: 500,
    title: "That did not work",
    lines: [
      "Something is wrong on our side, and it is not certain that anything was changed. Open the link again in a few minutes.",
    ],
  }),
  elsewhere: mailPage({
    status: 403,
    title: "This is not the way in",
    lines: ["Open the link as it stands in the mail."],
  }),
};

export const handler = httpRoutes(
  pageStack(pageRoutes["ask-confirmation"], askConfirmation(links), pages),
  pageStack(pageRoutes["confirm-address"], confirmAddress(links), pages),
  pageStack(pageRoutes["ask-unsubscription"], askUnsubscription(links), pages),
  pageStack(pageRoutes.unsubscribe, unsubscribe(links), pages),
);
