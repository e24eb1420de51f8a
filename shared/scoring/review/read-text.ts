import { normalise } from "../text/normalise.ts";
import type { TextFacts } from "./review-facts.ts";
import { TOKEN } from "./text-signature.ts";

const words = (list: string): readonly string[] => list.split(" ");

/** English words of praise and of blame that mean much the same of a hotel, a cream and a dentist. */
const PRAISE = new Set(
  words(
    "amazing awesome beautiful beautifully best better brilliant charming clean comfortable comfy convenient delicious delight delighted delightful easy effective enjoy enjoyed enjoyable excellent exceptional fabulous fantastic fast favorite favourite fine flawless fresh friendly generous gentle glad good gorgeous great happy helpful honest ideal impeccable impressed incredible kind love loved lovely loves magnificent nice outstanding perfect perfectly pleasant pleased polite professional prompt pleasure quick recommend recommended reliable satisfied smooth soft spotless stunning super superb sweet terrific thank thanks thorough tasty wonderful wonderfully works worth wow yummy",
  ),
);
const BLAME = new Set(
  words(
    "angry annoying appalling avoid awful bad badly bland boring broke broken burned burns cheap cheated cold complain complaint crap dangerous dead defective dirty disappointed disappointing disappointment disaster disgusting dreadful dry expired fail failed fails faulty filthy frustrating garbage greasy gross harsh hate hated horrible horrid ignored inedible infuriating irritated irritating itchy junk lazy leaked leaking lied lousy mess mold mouldy nasty noisy overpriced pathetic poor poorly rash refund return returned returning rip rotten rude ruined scam shame sick slow smelly stale stinks stolen terrible terribly throw threw ugly unacceptable unfriendly unhelpful unprofessional unsafe unusable unwelcome upset useless waste wasted weak worse worst wrong yuck",
  ),
);
const NEGATION = new Set(
  words(
    "not no never hardly barely without nor neither none cannot cant dont didnt doesnt wasnt isnt arent wont wouldnt couldnt",
  ),
);
/** What English texts are full of, and other languages are not. */
const COMMON = new Set(
  words(
    "the and to a of it is was i this in for my that you with on have they so very we not are be as at but were had our",
  ),
);

/** Words after a negation that it turns. */
const REACH = 3;
const LEAST_COMMON = 0.15;
/** Words of opinion before a text is said to hold one. */
const LEAST_OPINION = 3;
const MOST_TOKENS = 600;

const PARTS = /'|’/g;

/**
 * How a text speaks of its subject, −1 (ill) to 1 (well), by words of praise and blame with negations; no opinion in
 * another language than English, where fewer than three such words are in it, or where it is empty. Linear.
 */
export function readText(text: string, language?: string): TextFacts {
  const tokens = (normalise(text).text.replace(PARTS, "").match(TOKEN) ?? []).slice(0, MOST_TOKENS);
  const none: TextFacts = { tokens: tokens.length, sentiment: undefined };
  if (language !== undefined && !/^en(-|$)/i.test(language)) return none;
  let common = 0;
  let well = 0;
  let ill = 0;
  let turned = Number.NEGATIVE_INFINITY;
  for (const [at, token] of tokens.entries()) {
    if (COMMON.has(token)) common++;
    if (NEGATION.has(token)) turned = at;
    const other = at - turned <= REACH && at !== turned;
    const side = PRAISE.has(token) ? 1 : BLAME.has(token) ? -1 : 0;
    if (side === 0) continue;
    if (side === 1 ? !other : other) well++;
    else ill++;
  }
  if (common < LEAST_COMMON * tokens.length || well + ill < LEAST_OPINION) return none;
  return { tokens: tokens.length, sentiment: (well - ill) / (well + ill) };
}
