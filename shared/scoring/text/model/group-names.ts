/**
 * Names of groups of people, without slurs. To the model each reads as the same word: it can learn what is said of groups,
 * not of which group, so that no group's name raises a score more than another's.
 */
const ADJECTIVES =
  "muslim islamic jewish jew christian catholic protestant orthodox hindu sikh buddhist atheist taoist mormon black white brown asian arab african latino latina latinx hispanic mexican chinese japanese korean vietnamese filipino indian pakistani bangladeshi middleeastern american canadian european russian polish german french british english irish italian spanish portuguese greek romani native indigenous aboriginal israeli palestinian syrian iranian iraqi afghan turkish kurdish somali nigerian kenyan ethiopian egyptian moroccan brazilian colombian cuban gay lesbian bisexual trans transgender transsexual queer lgbt lgbtq lgbtqia homosexual heterosexual straight nonbinary intersex asexual disabled deaf blind paralyzed paralysed autistic wheelchair old older elderly young younger teenage millenial millennial female male immigrant migrant refugee foreign foreigner foreigners woman man girl boy lady caucasian oriental eastern western dutch swedish danish norwegian finnish icelandic swiss austrian belgian hungarian romanian bulgarian czech slovak croatian serbian bosnian albanian ukrainian belarusian georgian armenian thai indonesian malaysian nepali tibetan mongolian kazakh uyghur australian argentinian chilean peruvian venezuelan haitian jamaican saudi yemeni libyan algerian tunisian sudanese ghanaian senegalese congolese rwandan ugandan tanzanian zimbabwean eritrean sinti bengali tamil punjabi tutsi hutu amish".split(
    " ",
  );
const PLURALS =
  "muslims jews christians catholics protestants hindus sikhs buddhists atheists taoists mormons blacks whites browns asians arabs africans latinos latinas hispanics mexicans koreans filipinos indians pakistanis bangladeshis americans canadians europeans russians poles germans britons italians spaniards greeks israelis palestinians syrians iranians iraqis afghans turks kurds somalis nigerians kenyans ethiopians egyptians moroccans brazilians colombians cubans gays lesbians bisexuals transgenders transsexuals queers homosexuals heterosexuals straights teenagers teens millenials millennials females males immigrants migrants refugees women men girls boys ladies swedes danes norwegians finns austrians belgians hungarians romanians bulgarians czechs slovaks croatians serbs bosnians albanians ukrainians georgians armenians thais indonesians tibetans mongolians uyghurs australians argentinians chileans peruvians venezuelans haitians jamaicans saudis yemenis libyans algerians tunisians ghanaians rwandans ugandans eritreans bengalis tamils".split(
    " ",
  );

// A name that is adjective and plural at once ("japanese") stands with the adjectives: as a plural it would read apart.
export const GROUP_NAMES: ReadonlyMap<string, string> = new Map([
  ...ADJECTIVES.map((name) => [name, "_group"] as const),
  ...PLURALS.map((name) => [name, "_groups"] as const),
]);
