import type { Outgoing } from "../domain/outgoing.ts";
import type { Subscription } from "../domain/subscription.ts";
import { plainWords } from "./told/plain-words.ts";
import { type Entry, type Fact, type Told, toldOf } from "./told/told.ts";

/** Lines of a list that a room is shown; the rest is in the console. */
const MOST_LINES = 10;

const factWords = (fact: Fact): string =>
  "words" in fact ? fact.words : fact.ids.map((id) => plainWords(id, 128)).join(", ");
const entryWords = ({ words, id, detail }: Entry): string =>
  `${words}${id === undefined ? "" : ` ${plainWords(id, 128)}`}${detail === undefined ? "" : ` — ${detail}`}`;

function linesOf({ list }: Told): readonly string[] {
  if (!list) return [];
  const shown = list.entries.slice(0, MOST_LINES);
  const cut = shown.length < list.entries.length;
  const more = cut ? "and more in the console" : list.more;
  return [`${list.title}:`, ...shown.map((entry) => `• ${entryWords(entry)}`), ...(more === undefined ? [] : [more])];
}

const cut = (words: string, most: number): string => (words.length > most ? `${words.slice(0, most - 1)}…` : words);

/** Slack's three signs of its markup: with them gone nobody is mentioned and nothing becomes a link. */
const slackWords = (words: string): string =>
  words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const plain = (words: string, most: number) => ({ type: "plain_text", text: cut(words, most), emoji: false });

/** Blocks of an incoming webhook of Slack. What others made up stands in plain text only. */
function slackBody(told: Told, why: string): unknown {
  const lines = linesOf(told);
  return {
    // For notifications and screen readers.
    text: cut(slackWords(told.title), 3_000),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: "header", text: plain(told.title, 150) },
      ...(told.duty === undefined ? [] : [{ type: "section", text: plain(`⚠ ${told.duty}`, 3_000) }]),
      { type: "section", text: plain(told.lead.join(" "), 3_000) },
      ...(told.facts.length === 0
        ? []
        : [
            {
              type: "section",
              fields: told.facts.slice(0, 10).map((fact) => plain(`${fact.name}\n${factWords(fact)}`, 2_000)),
            },
          ]),
      ...(lines.length === 0 ? [] : [{ type: "section", text: plain(lines.join("\n"), 3_000) }]),
      { type: "section", text: { type: "mrkdwn", text: `<${told.action.url}|${slackWords(told.action.words)}>` } },
      { type: "context", elements: [plain(why, 2_000)] },
    ],
  };
}

// Text runs know no Markdown, which text blocks and facts do: ids may hold its signs.
const run = (text: string, more: Readonly<Record<string, unknown>> = {}) => ({ type: "TextRun", text, ...more });
const block = (inlines: readonly unknown[], more: Readonly<Record<string, unknown>> = {}) => ({
  type: "RichTextBlock",
  inlines,
  ...more,
});

/** An Adaptive Card as the webhooks of Teams' workflows take it. */
function teamsBody(told: Told, why: string): unknown {
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          fallbackText: told.title,
          body: [
            block([run(told.title, { weight: "Bolder", size: "Large" })]),
            ...(told.duty === undefined ? [] : [block([run(told.duty, { weight: "Bolder", color: "Warning" })])]),
            ...told.lead.map((line) => block([run(line)])),
            ...told.facts.map((fact) =>
              block([run(`${fact.name}: `, { isSubtle: true }), run(factWords(fact))], { spacing: "Small" }),
            ),
            ...linesOf(told).map((line) => block([run(line)], { spacing: "Small" })),
            block([run(why, { isSubtle: true, size: "Small" })], { separator: true }),
          ],
          actions: [{ type: "Action.OpenUrl", title: told.action.words, url: told.action.url }],
        },
      },
    ],
  };
}

/** What a chat room's incoming webhook takes, by the subscription's channel. @param origin of the console */
export function chatBody(outgoing: Outgoing, subscription: Subscription, origin: string): unknown {
  const told = toldOf(outgoing, subscription, origin);
  const why = `By the subscription "${plainWords(subscription.document.name)}" of ${plainWords(subscription.tenant, 40)}`;
  return subscription.document.channel.type === "teams" ? teamsBody(told, why) : slackBody(told, why);
}
