const line = (...fields: readonly string[]): string => fields.join("\t");

const vocabulary = (name: string, words: string): string => line("class", name, words);
/** Severity and weight are the lexicon format's; the review detectors weigh by their own tables. */
const phrase = (code: string, pattern: string): string => line("phrase", "signal", "1", "0.9", "-", code, pattern);

/**
 * What reviewers write about rewards and demands, in the lexicon's format. English only. Three kinds: `disclosed` says
 * that the review was rewarded, `offered` that the seller rewards praise, `demanded` asks for something and holds the
 * review against it.
 */
export const REVIEW_PHRASES = [
  line("touchstone-lexicon", "1", "en"),
  vocabulary("NEGATION", "not no never nobody dont didnt wasnt werent havent hasnt without neither nor"),
  vocabulary("REPORT", "called says said saying told"),
  vocabulary(
    "REWARD",
    "gift giftcard voucher vouchers coupon coupons refund discount cashback credit money cash reward rebate",
  ),
  vocabulary(
    "GAVE",
    "give gives gave given giving offer offers offered offering promise promises promised pay pays paid send sends sent",
  ),
  vocabulary("PRAISE", "five 5 good positive great glowing favorable favourable top best"),
  vocabulary("VERDICT", "review reviews rating ratings feedback star stars"),
  vocabulary("ASKED", "asked asks ask begged begs bribed bribe bribes pressured tried wanted wants"),
  vocabulary("FREE", "free complimentary discounted reduced sponsored gifted"),
  vocabulary("PRODUCT", "product item sample it this these one unit meal stay room treatment service visit"),
  vocabulary("LOW", "one 1 bad negative terrible zero worst scathing"),
  vocabulary("GIVEBACK", "refund refunded compensate compensated pay paid reimburse reimbursed upgrade discount free"),
  vocabulary("LEAVE", "leave post write publish give submit"),
  vocabulary("RETRACT", "change update edit remove delete raise revise withdraw"),

  phrase("disclosed", "in exchange|return for ?my|an|a ?honest|unbiased|fair|truthful <VERDICT>"),
  phrase("disclosed", "received|got|given|sent ..3 <FREE> ..4 exchange|return|review|testing|reviewing"),
  phrase("disclosed", "received|got|given ?the|this|a <PRODUCT> ?for free ..6 <VERDICT>"),
  phrase("disclosed", "received|got|given ..2 <FREE> ?of ?charge ..4 <VERDICT>"),
  phrase("disclosed", "i was|am|got compensated|paid|sponsored|rewarded ..3 <VERDICT>|post|opinion"),
  phrase("disclosed", "this|my <VERDICT> is|was sponsored|paid|incentivised|incentivized"),
  phrase("disclosed", "sponsored|gifted by the|this brand|company|seller|hotel|owner"),
  phrase("disclosed", "brand|product tester|ambassador ?programme|program"),

  phrase("offered", "<GAVE> ?me|us|you|customers|guests|people ..3 <REWARD> ..5 <PRAISE> ?star|stars|<VERDICT>"),
  phrase("offered", "<GAVE> ?me|us|you|customers|guests|people ..3 <REWARD>|free ..3 if|for|to ..4 <VERDICT>"),
  phrase("offered", "<PRAISE> ?star|stars <VERDICT> ..3 and|to get|receive|claim|win ..3 <REWARD>|free"),
  phrase("offered", "<PRAISE> ?star|stars <VERDICT> for ..3 <REWARD>"),
  phrase(
    "offered",
    "<ASKED> ..3 to change|remove|delete|update|raise|improve ?my|our|the|this <VERDICT> ..4 <REWARD>|free",
  ),
  phrase("offered", "<REWARD> ..3 if i|we|you remove|removed|delete|deleted|change|changed|leave|left ..4 <VERDICT>"),
  phrase("offered", "card ..5 box|package|parcel ..5 <REWARD> ..5 <VERDICT>"),

  phrase("demanded", "<GIVEBACK> ..5 or ?else i|we|ill|well ?will|shall ..2 <LEAVE> ..3 <LOW> ..2 <VERDICT>"),
  phrase("demanded", "or ?else i|we ?will|shall <LEAVE> ..3 <LOW> ..2 <VERDICT>"),
  phrase("demanded", "if|unless you|they ..3 <GIVEBACK> ..5 i|we ?will|shall ..1 <LEAVE> ..3 <LOW> ..2 <VERDICT>"),
  phrase("demanded", "unless you|they|i ..4 <GIVEBACK> ..6 <VERDICT> stays|stands|remains"),
  phrase("demanded", "<GIVEBACK> ..4 and ?then i|we ?will|shall <RETRACT> ..2 <VERDICT>|this|it"),
  phrase(
    "demanded",
    "i|we ?will|shall <RETRACT> ?my|this|the <VERDICT> ?as|if|when|once|after ?soon ?as ?you|i|they ..4 <GIVEBACK>",
  ),
].join("\n");
