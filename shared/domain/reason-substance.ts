import { many, plain, type Sentence } from "./sentence.ts";

/** Reasons of texts that add nothing, and of texts that mainly promote. */
export const SUBSTANCE_REASONS: Readonly<Record<string, Sentence>> = {
  "substance.brief": (p) => `Holds nothing but brief praise or assent (${many(p, "word", "words", "words")}).`,
  "substance.no_words": plain("Holds no words."),
  "substance.link_only": (p) => `Holds nothing but ${many(p, "link", "links", "links")}.`,
  "promo.own_channel": plain("Mainly draws attention to the writer's own channel, page or work."),
  "promo.ask": plain("Mainly asks readers to subscribe, follow, click, vote or share."),
  "promo.offer": plain("Mainly offers goods, prices, discounts or codes."),
  "promo.service": plain("Mainly speaks for a trade that is common in comment spam."),
  "promo.earning": plain("Mainly promises earnings or gifts for joining."),
  "promo.reach": plain("Tells readers where to buy, call, write or go."),
};
