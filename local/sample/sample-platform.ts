import type { IncomingMessage, ServerResponse } from "node:http";
import { opaqueId } from "../../shared/domain/id.ts";
import { drawPicture } from "./draw-picture.ts";
import { reviewItems } from "./review-story.ts";
import { FOLLOW_STORIES, REVIEW_STORIES, STORIES } from "./sample.ts";

/** The demo tenant's links: the sample's platform is this server. */
export const SAMPLE_LINKS = { itemUrl: "/sample-items/{kind}/{id}", mediaUrl: "/sample-media/{id}" } as const;

const MEDIA = "/sample-media/";
const ITEMS = "/sample-items/";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

interface Shown {
  readonly by: string;
  readonly words: readonly string[];
}

/** A post's id is its story's name, its number there and the run that it was handed in by. */
function postOf(id: string): Shown | undefined {
  const [, name = "", number = ""] = /^(.+)\.(\d+)\.[a-z0-9]+$/.exec(id) ?? [];
  const story = STORIES.find((one) => one.name === name);
  const line = story?.lines[Number(number) - 1];
  if (!story || !line) return undefined;
  const edits = story.lines.filter((one) => line.named !== undefined && one.edits === line.named);
  return { by: line.by, words: [line, ...edits].map(({ text }) => text ?? "(no words)") };
}

function reviewOf(id: string): Shown | undefined {
  const found = REVIEW_STORIES.flatMap(reviewItems).find((one) => one.id === id);
  return found && { by: found.author.id, words: [found.title, found.text].flatMap((part) => part ?? []) };
}

const accountOf = (id: string): Shown | undefined =>
  FOLLOW_STORIES.some(({ account }) => account.id === id)
    ? { by: id, words: ["The account of that name."] }
    : undefined;

const SHOWN: Readonly<Record<string, (id: string) => Shown | undefined>> = {
  post: postOf,
  review: reviewOf,
  audience: accountOf,
};

const page = ({ by, words }: Shown): string =>
  [
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Sample platform</title>',
    "<p>This page stands for the platform that the sample's items come from.</p>",
    `<h1><bdi>${escaped(by)}</bdi> wrote</h1>`,
    ...words.map((one) => `<blockquote><bdi>${escaped(one)}</bdi></blockquote>`),
    "</html>",
  ].join("\n");

function send(response: ServerResponse, status: number, type: string, body: string): true {
  const headers = {
    "content-type": `${type}; charset=utf-8`,
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "private, max-age=3600",
  };
  response.writeHead(status, headers).end(body);
  return true;
}

/**
 * The platform that the sample's items come from, as far as moderators go there: its pictures and its posts. All of it is
 * made up here and nobody's.
 * @returns false where the request is for something else
 */
export function samplePlatform({ url = "", method }: IncomingMessage, response: ServerResponse): boolean {
  const [path = ""] = url.split("?");
  if (method !== "GET" || !(path.startsWith(MEDIA) || path.startsWith(ITEMS))) return false;
  const parts = path.slice(path.indexOf("/", 1) + 1).split("/");
  const ids = parts.map((part) => opaqueId.safeParse(decoded(part)).data);
  const [first, second] = ids;
  if (path.startsWith(MEDIA) && first !== undefined && ids.length === 1)
    return send(response, 200, "image/svg+xml", drawPicture(first));
  const shown = second === undefined || ids.length !== 2 ? undefined : SHOWN[first ?? ""]?.(second);
  return shown
    ? send(response, 200, "text/html", page(shown))
    : send(response, 404, "text/plain", "The sample has nothing of that name.\n");
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
