import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { countOf } from "../count.ts";
import { print } from "../print.ts";
import { claimLine } from "../views/case-view.ts";

export const LEASE_OPTION = {
  minutes: { type: "string", value: "N", about: "hold it for N minutes, 1 to 60; without it, 10" },
} as const;

/** The length of a lease as the API takes it. */
export function minutesOf(command: string, written: string | undefined): { minutes?: number } {
  const minutes = countOf(command, "minutes", written);
  return minutes === undefined ? {} : { minutes };
}

export const claim = defineCommand({
  words: ["claim"],
  summary: "Claim a case, or make the claim on it last longer.",
  arguments: ["CASE"],
  options: { ...LEASE_OPTION, ...API_OPTIONS },
  about: ["The log says whether others that wait longer were passed over; `next` never passes anybody over."],
  async run([id = ""], { minutes, json, ...api }) {
    const body = minutesOf("claim", minutes);
    const held = await callApi(connect(api, "moderator"), routes["claim-case"], { params: { id }, body });
    print(json, held, claimLine(held));
    return EXIT.ok;
  },
});

export const release = defineCommand({
  words: ["release"],
  summary: "Give a case back to its queue.",
  arguments: ["CASE"],
  options: API_OPTIONS,
  async run([id = ""], { json, ...api }) {
    const free = await callApi(connect(api, "moderator"), routes["release-case"], { params: { id }, body: {} });
    print(json, free, [`released ${free.id}`]);
    return EXIT.ok;
  },
});

export const transfer = defineCommand({
  words: ["transfer"],
  summary: "Hand a case that you hold to another member, for an hour.",
  arguments: ["CASE", "MEMBER"],
  options: API_OPTIONS,
  about: ["A lead's key hands on any case."],
  async run([id = "", to = ""], { json, ...api }) {
    const held = await callApi(connect(api, "moderator"), routes["transfer-case"], { params: { id }, body: { to } });
    print(json, held, claimLine(held));
    return EXIT.ok;
  },
});
