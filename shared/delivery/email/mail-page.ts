import type { Page } from "../../runtime/page-stack.ts";
import { escapeHtml } from "./escape-html.ts";

/** The pages' only style sheet. */
export const MAIL_SHEET = `:root{color-scheme:light dark;--back:#f4f5f7;--card:#fff;--ink:#16191f;--soft:#5a6675;--line:#d5d9de;--accent:#0b5cad;--on:#fff}
@media (prefers-color-scheme:dark){:root{--back:#0f141a;--card:#171d25;--ink:#e6e9ed;--soft:#a9b4c0;--line:#3a4553;--accent:#7db8ff;--on:#0f141a}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;background:var(--back);color:var(--ink);font:16px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main{width:100%;max-width:480px;padding:28px;background:var(--card);border:1px solid var(--line);border-radius:12px;overflow-wrap:anywhere}
.brand{margin:0 0 12px;font-size:14px;font-weight:600;color:var(--soft)}
h1{margin:0 0 12px;font-size:22px;line-height:1.3}
p{margin:0 0 16px}
.soft{margin:16px 0 0;color:var(--soft);font-size:14px}
button{width:100%;padding:12px 20px;border:0;border-radius:8px;background:var(--accent);color:var(--on);font:inherit;font-weight:600;cursor:pointer}
button:focus-visible{outline:3px solid var(--ink);outline-offset:2px}`;

interface PageWords {
  readonly status?: number;
  readonly title: string;
  readonly lines: readonly string[];
  /** A button, the field that it sends back to the page's own address, and what is said below it. */
  readonly button?: { readonly words: string; readonly field: readonly [name: string, value: string] };
  readonly below?: string;
}

/** A page without scripts, images or links. Names are escaped here. */
export function mailPage({ status = 200, title, lines, button, below }: PageWords): Page {
  const text = escapeHtml;
  const form = button
    ? `<form method="post"><input type="hidden" name="${text(button.field[0])}" value="${text(button.field[1])}"><button>${text(button.words)}</button></form>`
    : "";
  const html = `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex,nofollow">
<title>${text(title)}</title>
<style>${MAIL_SHEET}</style>
</head>
<body>
<main>
<p class="brand">Touchstone</p>
<h1>${text(title)}</h1>
${lines.map((line) => `<p><bdi>${text(line)}</bdi></p>`).join("\n")}
${form}
${below === undefined ? "" : `<p class="soft">${text(below)}</p>`}
</main>
</body>
</html>
`;
  return { status, html };
}
