const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Words that end an English street name and rarely anything else. */
export const STREET_ENDS = words(
  "street st str avenue ave av road rd boulevard blvd lane ln drive dr court ct terrace terr crescent cres parkway pkwy highway hwy circle cir gardens gdns mews expressway expy freeway fwy turnpike tpke causeway cswy alley aly motorway stravenue trafficway",
);

/** Those that end one in lower case, too. */
export const PLAIN_STREET_ENDS = words("street st str avenue ave road rd boulevard blvd lane ln drive dr court ct");

/** Words that end street names, and much else: they count with a capital, and with a unit, a town or a cue beside them. */
export const WEAK_STREET_ENDS = words(
  "way place pl square sq close walk grove hill park row trail trl loop plaza plz pike crossing xing point pt ridge run path view heights hts station mall manor meadow meadows mill mills mission mount mountain orchard overpass pass passage pines port prairie ramp ranch rapids rest river shoals shore shores skyway spring springs spur stream summit throughway trace track tunnel union valley viaduct village vista wall well wells annex bayou beach bend bluff bottom branch bridge brook burg bypass camp canyon cape center centers cliff cliffs club common commons corner corners course cove creek crest crossroad curve dale dam divide estate estates extension fall falls ferry field fields flat flats ford forest forge fork forks fort garden gateway glen glens green greens harbor harbors haven hollow inlet island islands isle junction key keys knoll knolls lake lakes land landing light lights loaf lock locks lodge neck oval parade quay rise wharf yard yards",
);

/** Words that begin a street's name in the Romance languages: the name follows. */
export const STREET_HEADS = words(
  "rue avenue av boulevard bd bld blvd chemin allée allee impasse quai route place cours square passage faubourg calle c/ avenida avda avd av. paseo plaza carrera camino ronda travesía travesia glorieta via viale piazza piazzale corso largo vicolo strada rua travessa praça praca alameda estrada rodovia ulica ul aleja al plac pl os ulitsa улица ул проспект пр переулок пер бульвар cadde caddesi sokak jalan jl",
);

/** Heads that no other language uses for something else. */
export const SURE_HEADS = words(
  "rue chemin allée allee impasse quai faubourg calle avenida avda rua travessa praça praca boulevard bd viale piazza piazzale vicolo ulica ul ulitsa улица ул проспект переулок via c/ jl jalan cadde caddesi sokak",
);

/** Small words between a head and the name: rue de la Paix. */
export const STREET_PARTICLES = words(
  "de la le les l' d' du des del della dei degli delle di da do das dos e y el los las san santa são sao saint sainte st von der den dem zu zum zur van het 't ten ter the general dr doctor van't i",
);

/** Ends of one-word street names in the Germanic and Finnic languages: Hauptstraße, Keizersgracht, Mannerheimintie. */
export const STREET_TAILS = [
  "straße",
  "strasse",
  "str",
  "platz",
  "allee",
  "gasse",
  "damm",
  "ufer",
  "steig",
  "weg",
  "chaussee",
  "straat",
  "gracht",
  "plein",
  "laan",
  "kade",
  "dijk",
  "singel",
  "dreef",
  "vej",
  "gade",
  "allé",
  "vägen",
  "gatan",
  "gränd",
  "stigen",
  "veien",
  "gata",
  "katu",
  "kuja",
  "polku",
  "ntie",
  "utca",
] as const;

/** The same as words of their own after a capitalised name: Am Alten Weg, Kossuth Lajos utca. */
export const STREET_LAST_WORDS = words(
  "straße strasse str weg platz allee gasse damm ufer ring laan straat plein singel utca u út tér körút krt ulice trg",
);

/** Words that happen to have such an end. */
export const NO_STREET = words(
  "norweg brigade renegade decade cascade arcade blockade auntie tirade unweg data regatta sonata stigen insulaan",
);

/** Words before a house number's street that no street has as its name. */
export const NO_NAMES = words(
  "the a an of that this your my our their his her down up over off minute minutes min mins hour hours hr hrs day days week weeks month months year years mile miles mi km kms meter meters metre metres people persons times cars car blocks block in on at to for from and or is are was were with by one two three four way lane lanes more other per people star stars dollar dollars lb lbs kg pm am foot feet ft inch inches hot cold long short big small new best wrong right same next last first second dead end flights flight seats seat",
);

export const DIRECTIONS = words("n s e w ne nw se sw north south east west northeast northwest southeast southwest");

export const US_STATES = words(
  "AL AK AZ AR CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VT WA WI WV WY",
);
