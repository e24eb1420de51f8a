import { deflateRawSync, inflateRawSync } from "node:zlib";

/**
 * What nearly every stored verdict says in the same words, the most frequent last: a verdict that refers to it is a third
 * smaller, and with its policy's values stays within one write unit. Rows are read with the dictionary that they were
 * written with: this one never changes; a better one gets the next mark.
 */
const WORDS = Buffer.from(
  [
    '"verifiedPurchase":true,"rating":"target_reviews":,"target_mean":,"deviation":,"author_first":1,"author_hour":1,',
    '"author_day":1,"target_day":1,"target_usual_day":,"target_day_one_star":,"target_day_five_star":1,"target_day_first":',
    '"ranking":,"kind":"review","source":"review-evidence","surface":"review","targetId":"review","fake_review.brigade',
    '"source":"text-pii","source":"text-links","label":"privacy.pii","label":"unsafe_link","label":"low_substance",',
    '"visibility":"private","surface":"message","surface":"forum","surface":"post","minors":true,"country":"GB",',
    '"productLine":"","author":{"ageDays":,"itemsPosted":,"verified":true,"ageBand":"adult"}},"lineage":[{"id":"',
    '"label":"hate","label":"spam","label":"self_harm","label":"profanity","label":"toxicity","threat.intent","link_risk":',
    '"code":"text.insult_aimed","code":"text.insult","links_total":1,"links_promoting":1,"pii_phone":1,"pii_email":1,',
    '"media":1,"mentions":1,"digits_ratio":0.0,"exclamations":1,"emoji":1,"disguised_words":1,"promotion":0.',
    '"status":"degraded","queue":"comments","action":"hold","lane":"severe_safety","lane":"high","lane":"medium",',
    '"matched":[{"rule":"insult","action":"flag","values":{"features.toxicity":0.9,"label.harassment.severity":4,',
    '"label.threat.probability":0.9,"label.insult.severity":4,"label.insult.probability":0.9}},{"rule":"toxic","action":"hold",',
    '"values":{"label.spam.severity":3,"label.spam.probability":0.9}}]},',
    '{"verdict":{"tenant":"","ref":{"kind":"post","id":"","revision":""},"digest":"","labels":[],"labels":[{"label":"threat",',
    '"score":4.1,"probability":0.955,"severity":4,"spans":[[27,55]],"reasons":[{"code":"model.words","params":{"count":1,',
    '"percent":64}}],"source":"text-model","version":"1"},{"label":"harassment","score":,"probability":0.9,"severity":4,',
    '"spans":[[],"reasons":[{"code":","params":{"count":1}}],"source":"text-lexicon","version":"1"},{"label":"insult"',
    '"source":"text-model","version":"1"}],"features":{"characters":1,"words":1,"letters_ratio":0.8,"uppercase_ratio":0.0',
    ',"substance":0.,"toxicity":0.0},"models":["text-lexicon@1","text-links@1","text-pii@1","text-model@1"],',
    '"status":"complete","language":"en","authorId":"","channelId":"","visibility":"public","surface":"comment",',
    '"brandIds":[],"about":{"author":{},"receivedAt":"2026-11-22T12:00:00.000Z","action":"flag","queue":"default",',
    '"lane":"low","severity":0,"policy":{"id":"touchstone-default","version":3,"rule":"none","reasonCode":"none"},',
    '"action":"allow","scoredAt":"2026-11-22T12:00:00.000Z"}}',
  ].join(""),
);

/** The first byte of what was written with the dictionary: no deflate stream begins so (block type 3 is not used). */
const MARK = 0x07;

/** A verdict, and what else its row was made with, as it is stored. */
export const packVerdict = (value: unknown): Uint8Array =>
  Buffer.concat([Buffer.of(MARK), deflateRawSync(JSON.stringify(value), { dictionary: WORDS, level: 9 })]);

/** What `packVerdict` wrote; also what was written before there was a dictionary. */
export function unpackVerdict(bytes: Uint8Array): unknown {
  const json = bytes[0] === MARK ? inflateRawSync(bytes.subarray(1), { dictionary: WORDS }) : inflateRawSync(bytes);
  return JSON.parse(json.toString());
}
