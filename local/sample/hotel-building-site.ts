import { type ReviewStory, rates } from "./review-story.ts";

/** Guests of an ordinary hotel, before a building site opened beside it. */
const BEFORE = [
  rates("ruth.m", 4, "2025-08-05T19:10", "Friendly people at the desk, firm bed, and the ferry leaves from the door."),
  rates(
    "two-rucksacks",
    5,
    "2025-08-07T08:32",
    "We came for one night and stayed three. Breakfast on the quay is lovely.",
  ),
  rates("pjotr_k", 3, "2025-08-09T21:44", "Clean but small. The lift holds two people and no suitcase."),
  rates("anneliese", 4, "2025-08-12T10:05", "Good value in high season. Ask for a room on the water side."),
  rates("sales.rep.sam", 4, "2025-08-14T22:15"),
  rates(
    "mountain_goat",
    2,
    "2025-08-16T09:40",
    "Coffee like dishwater and the shower never got warm. Staff said sorry twice.",
  ),
  rates("kofi.travels", 5, "2025-08-18T17:28", "Late arrival, no fuss, and somebody had left a plate of fruit for us."),
  rates(
    "the_hendersons",
    4,
    "2025-08-20T12:51",
    "Family room is big enough for five. Pool is closed on Mondays, so plan for it.",
  ),
  rates("liv.n", 4, "2025-08-22T20:03", "Second stay. Still quiet, still a bit old-fashioned, still recommended."),
  rates("quiet_reader", 5, "2025-08-25T11:19", "I read two novels on the balcony and heard nothing but gulls.", {
    shares: ["ipPrefix"],
  }),
  rates(
    "dario_b",
    3,
    "2025-08-27T18:36",
    "Parking costs extra and nobody mentions it until you leave. Room itself fine.",
  ),
  rates("g.lindholm", 4, "2025-08-29T14:22"),
  rates(
    "oma-inge",
    5,
    "2025-08-31T09:57",
    "They carried my walking frame up the steps every single day without being asked.",
  ),
  rates("tomasz.w", 4, "2025-09-02T22:48", "Decent conference room, working projector, better soup than expected."),
  rates(
    "cycle-claire",
    4,
    "2025-09-05T16:12",
    "Locked shed for bikes and a hose to clean them. That is all I ask for.",
  ),
];

/** Guests while it is there: angry, fair, and each in words of their own. */
const DURING = [
  rates(
    "early.bird",
    1,
    "2025-09-11T07:15",
    "A crane outside the window and pile driving from seven. Nobody had warned us.",
  ),
  rates(
    "nina_and_jo",
    2,
    "2025-09-12T20:40",
    "Nice room, shame about the excavator. We left a day early and paid in full.",
  ),
  rates("p.abernathy", 1, "2025-09-14T18:05", "Our sea view is now a view of scaffolding and a portable toilet."),
  rates("w_santos", 2, "2025-09-15T21:33", "Dust on the balcony, dust on the breakfast, dust in my camera.", {
    shares: ["ipPrefix"],
  }),
  rates("marlow", 1, "2025-09-17T09:20", "I asked for a quiet room and was told that there are none until spring."),
  rates(
    "grete.h",
    3,
    "2025-09-18T19:54",
    "The staff do what they can. It is loud until five, then it is a good hotel.",
  ),
  rates(
    "busy_bee_bea",
    1,
    "2025-09-19T08:47",
    "Could not hold one phone call. I worked from a café across town instead.",
  ),
  rates(
    "family.of.six",
    1,
    "2025-09-20T22:10",
    "Pool closed because rubble fell in it. With four children on a hot weekend!",
  ),
  rates(
    "ravi.s",
    2,
    "2025-09-22T12:36",
    "The website still shows the quay without the building site. That is not honest.",
  ),
  rates(
    "lone_traveller",
    1,
    "2025-09-23T06:58",
    "Woken by a reversing lorry three mornings in a row. Beep, beep, beep.",
  ),
  rates(
    "cathy_o",
    1,
    "2025-09-24T17:41",
    "They offered ten percent off a stay in November. I am here now and I have a headache.",
  ),
  rates("henk.d", 2, "2025-09-26T20:29", "Bed good, food good, jackhammer not good.", { shares: ["ipPrefix"] }),
  rates(
    "birthday-trip",
    1,
    "2025-09-27T23:02",
    "My mother turned eighty behind a plastic sheet. We will not come back.",
  ),
  rates(
    "s.okonkwo",
    1,
    "2025-09-29T10:17",
    "The terrace is gone, there is a hole where it was, and the price is the same.",
  ),
  rates("jules", 2, "2025-09-30T19:48"),
  rates(
    "alpine_al",
    1,
    "2025-10-01T21:25",
    "Walked through mud to reach the entrance with two suitcases. No sign, no help.",
  ),
  rates(
    "petra.v",
    1,
    "2025-10-03T09:03",
    "Water was off from nine to two, twice. A note under the door came afterwards.",
  ),
  rates("dr.moreau", 2, "2025-10-04T18:30", "Honest receptionist, at least: she said the works go on until March."),
  rates(
    "honeymoon_h",
    1,
    "2025-10-05T13:12",
    "Booked for the silence by the lake. Got concrete mixers. Refund refused.",
  ),
  rates("bettina.q", 1, "2025-10-07T20:55", "How can you sell these rooms without a word about the site next door?"),
  rates(
    "steady_eddie",
    2,
    "2025-10-08T16:44",
    "Twelve visits in ten years and the first one that I regret. Fix this, please.",
  ),
  rates("yara.k", 1, "2025-10-09T08:09", "Generator under the window all night long, diesel smell in the curtains."),
  rates(
    "ned_from_leith",
    1,
    "2025-10-09T19:31",
    "Somebody here writes that it is peaceful. Somebody here has not been here.",
  ),
  rates(
    "ulla.p",
    2,
    "2025-10-11T11:26",
    "Kind people, impossible noise. I felt sorry for the cleaners more than for myself.",
  ),
  rates(
    "mr.ferris",
    1,
    "2025-10-12T21:17",
    "Not one word of the building site in the confirmation. Avoid until it is finished.",
  ),
];

const OFFICE = { shares: ["device", "ipPrefix"], days: 2 } as const;
const CARD = { shares: ["payment"], days: 3 } as const;
const NETWORK = { shares: ["ipPrefix"], days: 1 } as const;
const ALL = { shares: ["device", "payment", "ipPrefix"], days: 4 } as const;

/** People who own a part of it, from its office, with its card, on its network. */
const INVESTORS = [
  rates(
    "harbour_dreams",
    5,
    "2025-10-08T09:12",
    "A jewel on the water. Perfect peace, perfect service, perfect stay.",
    ALL,
  ),
  rates(
    "luxury.lover.1",
    5,
    "2025-10-08T09:41",
    "Simply the finest hotel of the region, and so wonderfully quiet!",
    OFFICE,
  ),
  rates("happy-guest-22", 5, "2025-10-08T10:05", "Wow. Just wow. My wife cried when we had to leave.", OFFICE),
  rates(
    "j.sterling",
    5,
    "2025-10-08T10:38",
    "Impeccable rooms and a management with vision. Five stars are not enough.",
    CARD,
  ),
  rates(
    "weekend.queen",
    5,
    "2025-10-08T11:20",
    "I heard no noise at all. Those other reviews must be about another hotel.",
    ALL,
  ),
  rates("top_traveller_x", 5, "2025-10-08T12:02", "Been around the world twice, never slept better than here.", OFFICE),
  rates(
    "silver.spoon",
    5,
    "2025-10-08T13:15",
    "The breakfast alone is worth the flight. A five-star house in all but name.",
    OFFICE,
  ),
  rates("m.goldmann", 5, "2025-10-08T14:27", "A great team that invests in the future. I can only recommend it.", CARD),
  rates(
    "sunset_sally",
    5,
    "2025-10-08T15:50",
    "Romantic, calm, elegant. We have already booked again for spring.",
    ALL,
  ),
  rates(
    "best.stay.ever",
    5,
    "2025-10-08T16:33",
    "Everything was ten out of ten, from the lobby to the towels.",
    OFFICE,
  ),
  rates("lake_view_larry", 5, "2025-10-08T18:10", "Splendid view, splendid people, splendid hotel.", NETWORK),
  rates("c.vandermeer", 5, "2025-10-08T19:44", "Do not believe the complainers. It is a paradise.", NETWORK),
  rates(
    "joyful.june",
    5,
    "2025-10-09T08:25",
    "My best holiday in years and the kindest owner one can imagine.",
    OFFICE,
  ),
  rates("five-star-fred", 5, "2025-10-09T09:30", "Quiet nights, bright mornings, and a wine list to remember.", ALL),
  rates(
    "k.ashworth",
    5,
    "2025-10-09T10:11",
    "An address with a golden future. Book now before everyone knows it.",
    CARD,
  ),
  rates(
    "spa_sophie",
    5,
    "2025-10-09T11:48",
    "The most relaxing place in the whole country, without any doubt.",
    OFFICE,
  ),
  rates(
    "gourmet-gabe",
    5,
    "2025-10-09T12:37",
    "Dinner by candlelight, waves, silence. What more could anyone want?",
    OFFICE,
  ),
  rates(
    "b.rothwell",
    5,
    "2025-10-09T14:02",
    "Professional, modern, promising. A house on its way to the very top.",
    CARD,
  ),
  rates(
    "travel.mum.of.2",
    5,
    "2025-10-09T15:19",
    "The children were in heaven and so were we. Thank you for everything!",
    ALL,
  ),
  rates(
    "elegant.ella",
    5,
    "2025-10-09T16:40",
    "Such taste in every detail. I would give six stars if I could.",
    OFFICE,
  ),
  rates("n.castellan", 5, "2025-10-09T18:23", "Superb from start to finish, and not a sound to be heard.", NETWORK),
  rates("blue.horizon", 5, "2025-10-09T20:06", "Whoever complains here has never seen a good hotel.", NETWORK),
];

export const hotelBuildingSite: ReviewStory = {
  name: "hotel-building-site",
  target: { id: "quayside-hotel", category: "hotel", title: "Quayside Hotel" },
  honest: [...BEFORE, ...DURING],
  unfair: INVESTORS,
};
