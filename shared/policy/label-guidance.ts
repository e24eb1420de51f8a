import type { LabelName } from "../domain/label.ts";

/**
 * What moderators are told of each label, where the tenant's policies say nothing else: what counts, what does not, and
 * what to look at. A finding is a reason to look, never a proof.
 */
export const LABEL_GUIDANCE: Readonly<Record<LabelName, string>> = {
  profanity:
    "Swear words, whoever they are aimed at. On its own it breaks no rule among adults: anger at a product, a game or oneself is nobody's business. It counts in channels for minors.",
  insult:
    "Words that put down a person who is spoken to or about. Harsh criticism of work, prices or opinions is no insult. Teasing among people who answer in kind, and a group's own reclaimed words, are context that speaks for overturning.",
  harassment:
    "Somebody is singled out: repeated, piled on, told to leave or to hide. Look at the thread: one sharp answer is not harassment, the fifth of a pile-on may be even where each alone is mild.",
  threat:
    "Somebody is told that harm will come to them. Ask whether it could be meant: a person, a means, a time or a place make it credible. Games, songs, film plots, figures of speech and quotes are not threats. Escalate whatever is credible.",
  hate: "People are attacked for what they are: origin, religion, sex, orientation, disability and the like. Criticism of ideas, governments or institutions is not hate, nor is a person who reports or answers what others said.",
  graphic:
    "Injury, killing or cruelty described or shown so that it hurts to see. News, history, medicine and calls for help may need it: weigh why it is shown. Words and pictures are blurred until you ask for them.",
  sexual_adult:
    "Sexual content among adults. Whether it may stand depends on the place and its audience; education and health are not sexual content. Anything that concerns a minor is a risk to a child, not this.",
  child_safety:
    "Anything that sexualises a child, seeks contact with one in secret, or trades in such things. Never wait for certainty: escalate. It is kept as evidence, whoever asks for erasure. Worry voiced by parents, teachers or victims is not the offence.",
  self_harm:
    "Somebody may be in danger from themselves, or urges others on. A cry for help is not a breach of rules: keep it visible where others can help, and hand it on by your team's procedure. Urging, methods and dares are to be taken down.",
  extremism:
    "Praise of, recruiting for, or instructions by violent groups. Reporting, research, satire and counter-speech name the same groups and symbols: read who speaks and to what end.",
  illicit:
    "Offers of or instructions for what the law forbids to sell or do: drugs, weapons, forged papers, stolen accounts. Talk about law, harm reduction or one's own past is none.",
  "privacy.pii":
    "Data by which somebody can be reached or robbed: card and bank numbers, papers, private addresses, telephone numbers. A firm's own contact data and the writer's own, given on purpose, may stand. Payment data never does.",
  "privacy.doxxing":
    "Private details of somebody else set out so that others may find them, often beside anger at them. What a person published of themselves for everybody, and public office, are not private. Escalate where others are called to go there.",
  "privacy.dm_leak":
    "A private message put where others can read it. It may be evidence of harassment, shown by its victim: look at who shows it and why.",
  spam: "Promotion that nobody asked for: the same text in many places, links that sell, bait for followers. A customer who names a product that they like, and a maker who answers in a thread about it, are not spam.",
  scam: "An attempt to get money, keys or personal data by deceit: gifts with a fee, false support, doubled deposits, urgent payments. A warning about a scam often quotes one.",
  unsafe_link:
    "A link that hides where it leads, or imitates somebody else's site. Do not open it: the reasons say what is odd about it. Short links of known services alone are not enough.",
  impersonation:
    "The writer pretends to be another person, firm or authority. Parody that says so, and fans who say so, are none.",
  low_substance:
    "Too brief to add anything. It says nothing about honesty and breaks no rule; it is there for platforms that count on substance.",
  adverse_event:
    "Somebody may describe an unwanted effect of a medicine or product. It breaks no rule: hand it to whoever has to report it, within the time that the law gives.",
  unsupported_media:
    "There is a picture, film or sound that no analyzer has seen. Look at it yourself before you decide.",
  unsupported_language:
    "The model was not tested in this language: what it found or missed means less. Decide only if you read the language, or hand the case to a member who does.",
  "fake_review.fabricated":
    "Consistent with a review by somebody who never used the thing: copied text, impossible times, accounts made for it. None of these is proof: an enthusiastic first review by a new customer looks alike. Look for two independent reasons.",
  "fake_review.paid":
    "Consistent with payment or a gift for the rating. A gift that the review itself declares is not this but lawful in many places; see the label on undisclosed incentives.",
  "fake_review.insider":
    "Consistent with somebody who belongs to the business or to a competitor: shared devices, payment means or networks with its owner. Households and offices share these, too.",
  "fake_review.undisclosed":
    "An incentive shows and is not declared as the law asks. Often a notice to the author, rather than removal, is what your policy provides.",
  "fake_review.brigade":
    "One of a group of accounts that review the same targets in step. Look at the target's picture: news or a campaign by real customers also brings many at once, but of all ages and with words of their own.",
  rating_storm:
    "Many ratings came at once, so that this one waits. It says nothing about this review: read it as if it stood alone, and look at what set the storm off.",
  hijacked_listing:
    "Old reviews speak of another thing than what is sold now. The reviews may be honest and the listing is at fault: it is the listing that someone should look at.",
  extortion:
    "A demand is held against a review: money or goods, else a bad one; or a threat by the business against its author. A customer who asks for a refund and says what went wrong does not extort.",
  "fake_following.bot":
    "A part of the followers has profiles consistent with automation. The account need not know of them: anybody can send followers to anybody. The range is as important as the estimate.",
  "fake_following.bought":
    "In some hours or days followers came whose profiles are consistent with purchase. It does not say who paid. Look whether the profiles were worse than usual in that time: a viral hour has more followers, not worse ones.",
  "fake_following.burst":
    "More followers than usual in a short time. That alone is what success looks like: without worse profiles there is nothing to decide against.",
};
