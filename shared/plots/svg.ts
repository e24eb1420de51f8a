const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as XML takes it: markup escaped, and what XML 1.0 has no place for put as U+FFFD. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (sign) => ("\t\n\r".includes(sign) ? sign : "\ufffd"))
    .replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

/** The beginning of a name that may be long, for places that hold so many letters. */
export function shortened(name: string, letters: number): string {
  const signs = [...name];
  return signs.length <= letters ? name : `${signs.slice(0, letters - 1).join("")}…`;
}

type Attributes = Readonly<Record<string, string | number>>;

const written = (value: string | number): string =>
  typeof value === "number" ? String(Math.round(value * 10) / 10) : escapeXml(value);

const attributesOf = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${written(value)}"`)
    .join("");

/** One element; numbers to a tenth, attribute values escaped. `inner` is markup already. */
export const element = (name: string, attributes: Attributes, inner = ""): string =>
  inner === "" ? `<${name}${attributesOf(attributes)}/>` : `<${name}${attributesOf(attributes)}>${inner}</${name}>`;

/** A line of words. */
export const words = (text: string, attributes: Attributes): string => element("text", attributes, escapeXml(text));

/** A path through points, in steps where `steps` is the width of one. */
export function pathOf(points: readonly (readonly [x: number, y: number])[], steps = 0): string {
  const at = (value: number): string => String(Math.round(value * 10) / 10);
  return points
    .map(([x, y], index) => `${index === 0 ? "M" : "L"}${at(x)} ${at(y)}${steps > 0 ? `H${at(x + steps)}` : ""}`)
    .join("");
}
