import { normalise } from "../normalise.ts";

const setOf = (...lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.split(" ").map((word) => normalise(word).text)));

/** Whose it is. */
export const OWN = setOf(
  "my our mine mah ours",
  "mi mis nuestro nuestra",
  "mein meine meinen meinem unser unsere",
  "mon ma mes notre nos",
  "meu minha nosso nossa",
  "mio mia nostro nostra",
  "mijn onze ons",
);

/** What people promote of their own. */
export const OWN_THINGS = setOf(
  "channel chanel channels chan youtube video videos vid vids vidz cover covers remix remixes song songs music track tracks album mixtape single beat beats ep rap page pages site website websites blog blogs shop store profile account book ebook course podcast stream twitch instagram insta ig facebook fb twitter soundcloud spotify patreon etsy onlyfans gofundme playlist vlog vlogs gameplay gameplays tutorial tutorials app service services product products company business agency brand bio link links newsletter art portfolio webinar coaching clinic vines parody dance",
  "canal canción canciones página tienda música vídeo vídeos perfil web sitio",
  "kanal seite laden webseite blog",
  "chaîne site page boutique musique chanson vidéo vidéos",
  "página loja música vídeo canal",
  "canale sito pagina negozio canzone",
);

/** What is asked of the reader about it. */
export const ASKS = setOf(
  "check checkout visit watch subscribe sub subs follow see view listen support join like share vote click download add hear peep enjoy rate thumbs hit go",
  "suscríbete suscribete suscribanse visita visiten mira miren sigue siganme síganme escucha",
  "abonniert abonnier abonniere besucht besuche schaut folgt",
  "abonnez abonne visitez regardez suivez écoutez cliquez",
  "inscreva inscrevam visite visitem assistam sigam ouçam clique",
  "iscrivetevi iscriviti visitate guardate seguite cliccate",
  "abonneer bezoek bekijk volg",
);

/** Asking that is promotion without more. */
export const STRONG_ASKS = setOf(
  "subscribe sub suscribe subcribe sub4sub f4f l4l s4s followback followme",
  "suscríbete suscribete suscribanse subscribirse abonniert abonnez inscrevam iscrivetevi",
);

/** Those that are asked for as a number: "help me get 100 subs". */
export const FOLLOWERS = setOf("subs subscribers subscriber suscribers followers");

/** Goods and prices. */
export const OFFERS = setOf(
  "discount discounts coupon coupons promo voucher vouchers wholesale giveaway giveaways clearance bargain bargains affordable cheap cheapest sale sales deals freebie freebies warranty dropshipping presale preorder",
  "descuento descuentos oferta ofertas cupón rebajas",
  "rabatt rabatte gutschein gutscheine angebot angebote günstig",
  "réduction réductions promotion soldes",
  "desconto descontos cupom oferta ofertas",
  "sconto sconti offerta offerte",
  "korting kortingscode aanbieding",
);

/** Trades that live on comment spam. */
export const TRADES = setOf(
  "casino casinos poker betting sportsbook slots jackpot forex binary payday viagra cialis levitra tramadol xanax replica replicas backlinks backlink seo escorts escort hookup webcam camgirls keto cbd nootropics crypto airdrop nft nfts bitcoin btc ethereum dofollow webdesign moneylender essaywriting followers1k spellcaster herbalist astrologer numerologist",
);

/** Ways to earn, promised. */
export const EARNINGS = setOf(
  "earn earning earned profit profits payout paypal cash income commission commissions dollars usd money rich bucks giftcard giftcards surveys recruiting",
);

/** How a company speaks of itself: "we offer", "we provide". */
export const COMPANY_VERBS = setOf(
  "offer offers provide provides sell sells supply supplies deliver specialize specialise manufacture export ship install repair",
  "ofrecemos vendemos bieten verkaufen proposons vendons oferecemos vendemos offriamo vendiamo",
);

export const WE = setOf("we our us company team", "wir nous nós noi");

/** Where readers are sent. */
export const PLACES = setOf("whatsapp telegram viber signal skype wechat kik snapchat hangouts zalo");
export const REACHES = setOf(
  "call text txt contact email message inbox dm whatsapp reach visit order buy shop apply book enquire inquire register join click tap download install",
);

/** Who says so leaves no doubt: "use code SAVE20". */
export const CODE_WORDS = setOf("code codes coupon promo voucher código gutscheincode codice cupom kortingscode");

/** Words of one who has trouble, or reports it. */
export const COMPLAINTS = setOf(
  "suspended disabled disable denied blocked banned deleted removed hacked stolen fix fixed error errors issue issues problem problems resolve trouble complaint complaints complain refund cancelled canceled delayed broken support why cant unable help wont doesnt isnt didnt havent worst terrible disappointed scam scammers fraud",
);
