import { many, type Params, plain, plural, type Sentence } from "./sentence.ts";

const brandOf = (params: Params): string => (typeof params.brand === "string" ? params.brand : "a known brand");

/** Reasons of links: what their addresses show; none was opened. */
export const LINK_REASONS: Readonly<Record<string, Sentence>> = {
  "link.ip_host": (p) => `Holds ${many(p, "link")} to a bare network address instead of a name.`,
  "link.shortener": (p) => `Holds ${many(p, "shortened link")} that hide${plural(p, "s", "")} the target.`,
  "link.lookalike": (p) => `Holds a link whose name looks like ${brandOf(p)} but is another.`,
  "link.brand_in_host": (p) => `Holds a link that carries the name ${brandOf(p)} but belongs to another.`,
  "link.brand_in_path": (p) => `Holds a link that names ${brandOf(p)} in its path but belongs to another.`,
  "link.mixed_script": plain("Holds a link whose name mixes letters of several alphabets that look alike."),
  "link.punycode": (p) => `Holds ${many(p, "link")} written in an encoded alphabet.`,
  "link.credential": (p) => `Holds ${many(p, "link")} with words such as login or verify in the address.`,
  "link.mismatch": (p) =>
    `Holds ${many(p, "link")} that show${plural(p, "s", "")} one address and lead${plural(p, "s", "")} to another.`,
  "link.userinfo": (p) =>
    `Holds ${many(p, "link")} with a name before an @ that is not where ${plural(p, "it leads", "they lead")}.`,
  "link.script_url": plain("Holds a marked-up link that would run a program instead of leading anywhere."),
  "link.redirect": (p) => `Holds ${many(p, "link")} that hand${plural(p, "s", "")} the reader on to another address.`,
  "link.shared_host": (p) => `Holds ${many(p, "link")} to a host where anyone can put a page for nothing.`,
  "link.cheap_zone": (p) => `Holds ${many(p, "link")} in a name zone where abuse is common.`,
  "link.subdomains": (p) => `Holds ${many(p, "link")} with many names before the one that decides.`,
  "link.odd_name": (p) => `Holds ${many(p, "link")} to a name of many figures, hyphens or random letters.`,
  "link.long_token": (p) => `Holds ${many(p, "link")} with a long random sign string in the address.`,
  "link.recipient": plain("Holds a link with an e-mail address in it, as pages made for one recipient have."),
  "link.planted": plain("Holds a link to a page among another site's program files."),
  "link.port": (p) => `Holds ${many(p, "link")} to an unusual port.`,
  "link.defanged": (p) =>
    `Holds ${many(p, "link")} spelled so that software should not see ${plural(p, "it", "them")}.`,
};
