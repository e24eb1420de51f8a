/**
 * Much-impersonated names, as the label before their public suffix; bare facts, chosen by hand. Only names that no
 * ordinary word, family name or place is one letter away from.
 */
const DISTINCT =
  "airbnb aliexpress alibaba allegro amazon americanexpress ameli bankofamerica barclays bestbuy binance blockchain bnpparibas bradesco britishairways caixabank canadapost capitalone cashapp chronopost citibank coinbase comcast commbank commerzbank costco creditagricole deutschebank deutschepost discord docusign dropbox epicgames facebook fedex flipkart github gmail godaddy google hotmail hsbc icloud inpost instagram intesasanpaolo kucoin labanquepostale laposte lastpass linkedin lloydsbank mastercard mercadolibre mercadopago metamask microsoft monzo natwest netflix onedrive opensea pancakeswap paypal payoneer paypay postfinance poshmark posteitaliane rakuten revolut robinhood roblox royalmail runescape santander scotiabank sharepoint snapchat societegenerale sparkasse spotify steamcommunity steampowered stripe swisscom telegram tiktok tmobile trustwallet twitter unicredit uniswap usps venmo verizon virginmedia vodafone volksbank walmart wellsfargo westernunion whatsapp xfinity yahoo youtube zelle zerodha".split(
    " ",
  );

/** Names too short or too like a word for spelling mistakes to tell anything: only their exact spelling counts. */
const EXACT_ONLY =
  "absa adobe office365 amex anz apple att auspost bbva bmo bpost chase cibc correos dhl docomo dpd ebay evri fnb gls halifax hdfc hermes hmrc icici impots ing irs itau jcb kraken ledger mufg nab nordea nubank olx onlyfans outlook paytm pnc postnl rbc sbi smbc steam tsb ubs ups usbank visa wetransfer westpac".split(
    " ",
  );

export const DISTINCT_BRANDS: ReadonlySet<string> = new Set(DISTINCT);
export const BRANDS: ReadonlySet<string> = new Set([...DISTINCT, ...EXACT_ONLY]);

/** Hosts that hide where a link leads. A platform's own wrapper (t.co) says nothing and is not one of them. */
export const SHORTENERS: ReadonlySet<string> = new Set(
  "bit.ly bit.do bl.ink buff.ly clck.ru cutt.ly dlvr.it fb.me goo.gl goo.su is.gd j.mp kutt.it lnkd.in n9.cl ow.ly qrco.de rb.gy rebrand.ly reurl.cc rotf.lol s.id short.gy short.io shorte.st shorturl.at shrtco.de soo.gd t.ly t2m.io tiny.cc tiny.one tinyurl.com trib.al tr.im u.to urlz.fr urlshortner.org v.gd v.ht x.co adf.ly bc.vc ouo.io linktr.ee chilp.it han.gl me2.do vk.cc tny.im snip.ly".split(
    " ",
  ),
);

/** Zones that were given away for nothing, and so are used once and thrown away. */
export const FREE_ZONES: ReadonlySet<string> = new Set("tk ml ga cf gq".split(" "));

/** Cheap zones in which abuse is common. */
export const CHEAP_ZONES: ReadonlySet<string> = new Set(
  "xyz top icu buzz cyou rest sbs cfd monster quest bar club click live online site store website space fun win loan men bid date review trade download party racing stream science cricket faith webcam pw cam vip work link host press surf best bond shop su".split(
    " ",
  ),
);

/** Hosts where anyone can put a page for nothing, besides those that the list of public suffixes marks as private. */
export const FREE_HOSTS: ReadonlySet<string> = new Set(
  "000webhostapp.com weebly.com wixsite.com weeblysite.com wordpress.com webnode.com jimdosite.com jimdofree.com site123.me yolasite.com ucraft.net godaddysites.com square.site mystrikingly.com webflow.io glitch.me repl.co surge.sh ngrok.io ngrok-free.app tripod.com angelfire.com 16mb.com hol.es esy.es epizy.com rf.gd unaux.com 42web.io webcindario.com altervista.org hostingerapp.com 260mb.net byethost.com beget.tech".split(
    " ",
  ),
);

/** Builders of surveys and forms, which phishing uses as its page. */
export const FORM_HOSTS: ReadonlySet<string> = new Set([
  "docs.google.com",
  "forms.gle",
  "forms.office.com",
  "formpl.us",
  "jotform.com",
  "typeform.com",
]);

/** Where an owner's name on a shared host is checked by custom: pages of projects and blogs. */
export const TRUSTED_SHARED: ReadonlySet<string> = new Set([
  "github.io",
  "gitlab.io",
  "readthedocs.io",
  "blogspot.com",
]);

/** Sites where people raise funds, sell their own or gather followers: a link there promotes more often than it informs. */
export const PROMOTING_HOSTS: ReadonlySet<string> = new Set(
  "gofundme.com indiegogo.com kickstarter.com patreon.com ko-fi.com buymeacoffee.com onlyfans.com fansly.com linktr.ee beacons.ai etsy.com teespring.com redbubble.com zazzle.com shopify.com gumroad.com clickbank.net swagbucks.com tsu.co woobox.com gleam.io fiverr.com upwork.com udemy.com soundcloud.com bandcamp.com reverbnation.com twitch.tv amzn.to cash.app wa.me t.me discord.gg chat.whatsapp.com freemyapps.com linkbucks.com adf.ly easypromosapp.com change.org".split(
    " ",
  ),
);

/** Names of hosts where companies have a place of their own in front: netflix.zendesk.com, roblox.fandom.com. */
export const TENANT_HOSTS: ReadonlySet<string> = new Set(
  "atlassian desk fandom force freshdesk helpscout medium myshopify salesforce slack stackexchange statuspage substack tumblr uservoice wikia zendesk".split(
    " ",
  ),
);

/** Words that phishing puts into a path. */
export const CREDENTIAL_WORDS: ReadonlySet<string> = new Set(
  "login logon signin sign-in log-in verify verification verified verifying validate validation secure security account accounts update updating password passwd wallet billing unlock webscr confirm confirmation authenticate authentication auth recover recovery suspended limited session webmail signon mfa otp banking ebanking onlinebanking myaccount invoice".split(
    " ",
  ),
);

/** Words that phishing puts beside a brand's name in a host. */
export const BAIT_WORDS: ReadonlySet<string> = new Set([
  ...CREDENTIAL_WORDS,
  ..."support service services help helpdesk delivery parcel package payment payments pay refund claim bonus giftcard gift airdrop center centre customer customers client clients alert notice team official online id user users prize reward rewards promo promotion access portal mail reset safe verifica verificar acceso cliente clientes seguro compte securite paiement livraison colis kunde kunden sicherheit zahlung paket konto anmeldung conta atualizar acesso verifikation assistenza".split(
    " ",
  ),
]);
