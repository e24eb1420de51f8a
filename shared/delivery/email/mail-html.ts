import { plainWords } from "../told/plain-words.ts";
import type { Entry, Fact, Told } from "../told/told.ts";
import { escapeHtml } from "./escape-html.ts";
import type { MailFoot } from "./mail.ts";

// Inline for programs that drop style sheets; the sheet is for dark screens and narrow ones.
const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const STYLES = {
  body: "margin:0;padding:0;background-color:#f4f5f7;color:#16191f",
  card: "background-color:#ffffff;border:1px solid #d5d9de;border-radius:12px",
  inner: `padding:24px 28px;${FONT};font-size:16px;line-height:24px;color:#16191f`,
  brand: `padding:0 4px 12px;${FONT};font-size:14px;line-height:20px;font-weight:600;color:#414d5c`,
  title: "margin:0 0 12px;font-size:20px;line-height:28px;font-weight:700;color:#16191f",
  lead: "margin:0 0 12px",
  duty: "margin:0 0 16px;padding:12px 16px;background-color:#fff4d6;border-left:4px solid #b26a00;border-radius:4px;color:#3d2600;font-weight:600",
  facts: "width:100%;border-collapse:collapse;margin:4px 0 16px",
  name: "padding:6px 12px 6px 0;width:130px;vertical-align:top;text-align:left;font-weight:400;color:#5a6675;font-size:14px",
  value: "padding:6px 0;vertical-align:top;font-size:15px;word-break:break-word;overflow-wrap:anywhere",
  id: "font-family:ui-monospace,SFMono-Regular,Consolas,monospace;font-size:14px;word-break:normal;overflow-wrap:anywhere",
  list: "margin:0;padding:0;list-style:none",
  entry: "margin:0;padding:10px 0;border-top:1px solid #e3e7eb;word-break:break-word;overflow-wrap:anywhere",
  heading: "margin:28px 0 6px;font-size:14px;line-height:20px;font-weight:600;color:#5a6675",
  link: "color:#0b5cad",
  detail: "display:block;font-size:14px;line-height:20px;color:#5a6675",
  button:
    "display:inline-block;margin-top:8px;padding:12px 22px;background-color:#0b5cad;border-radius:8px;color:#ffffff;font-weight:600;text-decoration:none",
  foot: `padding:16px 4px 0;${FONT};font-size:13px;line-height:20px;color:#5a6675`,
} as const;

const SHEET = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.page{background-color:#0f141a!important;color:#e6e9ed!important}
.card{background-color:#171d25!important;border-color:#3a4553!important}
.inner,.title{color:#e6e9ed!important}
.quiet,.brand{color:#a9b4c0!important}
.duty{background-color:#3a2a08!important;border-color:#e0a33a!important;color:#ffe3ad!important}
.entry{border-color:#2c3642!important}
.link{color:#7db8ff!important}
.button{background-color:#7db8ff!important;color:#0f141a!important}
}
@media (max-width:480px){
.outer{padding:12px 8px!important}
.inner{padding:20px 16px!important}
.name,.value{display:block!important;width:auto!important}
.name{padding:8px 0 0!important}
.value{padding:0 0 2px!important}
.button{display:block!important;text-align:center!important}
}`.trim();

const text = escapeHtml;

/** Programs make links of what looks like one: an id that others chose must lead nowhere. */
const unlinked = (id: string): string => text(plainWords(id, 128)).replace(/[.@:]/g, (sign) => `<span>${sign}</span>`);

const idOf = (id: string): string => `<bdi class="id" style="${STYLES.id}">${unlinked(id)}</bdi>`;

const factRow = (fact: Fact): string =>
  `<tr><th class="name quiet" scope="row" style="${STYLES.name}">${text(fact.name)}</th><td class="value" style="${STYLES.value}">${
    "words" in fact ? text(fact.words) : fact.ids.map(idOf).join(", ")
  }</td></tr>`;

const entryItem = ({ words, id, detail, url }: Entry): string =>
  `<li class="entry" style="${STYLES.entry}"><a class="link" style="${STYLES.link}" href="${text(url)}">${text(words)}${
    id === undefined ? "" : ` ${idOf(id)}`
  }</a>${detail === undefined ? "" : `<span class="quiet" style="${STYLES.detail}">${text(detail)}</span>`}</li>`;

const listOf = ({ title, entries, more }: NonNullable<Told["list"]>): string =>
  `<h2 class="quiet" style="${STYLES.heading}">${text(title)}</h2><ul style="${STYLES.list}">${entries.map(entryItem).join("")}${
    more === undefined
      ? ""
      : `<li class="entry quiet" style="${STYLES.entry};font-size:14px;color:#5a6675">${text(more)}</li>`
  }</ul>`;

/**
 * A message as a document for mail programs: no scripts, no images, nothing fetched. Below 102 KB, where the largest ones
 * cut it.
 */
export function mailHtml({ title, lead, duty, facts, list, action }: Told, foot: MailFoot): string {
  const stop = foot.stop;
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<meta name="referrer" content="no-referrer">
<title>${text(title)}</title>
<style>${SHEET}</style>
</head>
<body class="page" style="${STYLES.body}">
<table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="${STYLES.body}"><tr><td class="outer" align="center" style="padding:24px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;text-align:left">
<tr><td class="brand" style="${STYLES.brand}">Touchstone</td></tr>
<tr><td class="card" style="${STYLES.card}"><div class="inner" style="${STYLES.inner}">
<h1 class="title" style="${STYLES.title}"><bdi>${text(title)}</bdi></h1>
${duty === undefined ? "" : `<p class="duty" style="${STYLES.duty}">${text(duty)}</p>`}
${lead.map((line) => `<p style="${STYLES.lead}"><bdi>${text(line)}</bdi></p>`).join("\n")}
${facts.length === 0 ? "" : `<table style="${STYLES.facts}">${facts.map(factRow).join("")}</table>`}
<a class="button" style="${STYLES.button}" href="${text(action.url)}">${text(action.words)}</a>
${list ? listOf(list) : ""}
</div></td></tr>
<tr><td class="quiet" style="${STYLES.foot}">${foot.lines.map((line) => `<bdi>${text(line)}</bdi><br>`).join("\n")}${
    stop ? `\n<a class="link" style="${STYLES.link}" href="${text(stop.url)}">${text(stop.words)}</a>` : ""
  }</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
}
