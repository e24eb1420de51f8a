import { eld } from "eld/extrasmall";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packLanguages } from "../../../../scripts/pack-languages.ts";
import { readLanguage } from "../../../../shared/scoring/text/language.ts";
import { parseLanguageModel, UNKNOWN_LANGUAGES } from "../../../../shared/scoring/text/language-ngrams.ts";
import { loadLanguages } from "../../../../shared/scoring/text/load-languages.ts";
import { loadLexicon } from "../../../../shared/scoring/text/load-lexicon.ts";
import { readText } from "../../../../shared/scoring/text/read-text.ts";

const MODELS = new URL("../../../../models/text", import.meta.url);
const shipped = loadLanguages(MODELS);
const lexicon = loadLexicon(MODELS);
const read = (text: string, tag?: string, languages = shipped) =>
  readLanguage({ text, ...readText(text, [], 0, lexicon), tag }, lexicon.language, languages);

/** Written for this test: one everyday sentence a language. */
const SENTENCES = {
  ar: "وصل القطار متأخرا اليوم ولم يخبرنا أحد بالسبب",
  cs: "Dnes ráno přijel vlak pozdě a nikdo nám neřekl proč",
  da: "Toget kom for sent i morges, og ingen fortalte os hvorfor",
  de: "Der Zug kam heute Morgen zu spät und niemand sagte uns warum",
  el: "Το τρένο άργησε σήμερα το πρωί και κανείς δεν μας είπε γιατί",
  en: "The train was late this morning and nobody told us why",
  es: "El tren llegó tarde esta mañana y nadie nos dijo por qué",
  fi: "Juna oli tänä aamuna myöhässä eikä kukaan kertonut meille miksi",
  fr: "Le train est arrivé en retard ce matin et personne ne nous a dit pourquoi",
  he: "הרכבת איחרה הבוקר ואף אחד לא אמר לנו למה",
  hi: "आज सुबह ट्रेन देर से आई और किसी ने हमें कारण नहीं बताया",
  it: "Il treno è arrivato tardi stamattina e nessuno ci ha detto perché",
  ja: "今朝は電車が遅れましたが、誰も理由を教えてくれませんでした",
  ko: "오늘 아침 기차가 늦었는데 아무도 이유를 말해 주지 않았어요",
  nl: "De trein was vanmorgen te laat en niemand vertelde ons waarom",
  pl: "Pociąg spóźnił się dziś rano i nikt nam nie powiedział dlaczego",
  pt: "O comboio chegou atrasado esta manhã e ninguém nos disse porquê",
  ru: "Сегодня утром поезд опоздал, и никто не сказал нам почему",
  sv: "Tåget var sent i morse och ingen berättade för oss varför",
  th: "เมื่อเช้านี้รถไฟมาสายและไม่มีใครบอกเราว่าทำไม",
  tr: "Tren bu sabah geç kaldı ve kimse bize nedenini söylemedi",
  uk: "Сьогодні вранці потяг запізнився, і ніхто не сказав нам чому",
  vi: "Sáng nay tàu đến muộn và không ai nói cho chúng tôi biết tại sao",
  zh: "今天早上火车晚点了，没有人告诉我们为什么",
} as const;

describe("the packed n-grams", () => {
  it("give what eld gives, for every language and for odd texts", async () => {
    const packed = parseLanguageModel(await packLanguages("extrasmall"));
    const odd = [
      "don't",
      "a",
      "l'été à l'île",
      "HELLO WORLD",
      "x".repeat(300),
      "ab ".repeat(200),
      "co-op 24/7",
      "",
      "12 !",
    ];
    for (const text of [...Object.values(SENTENCES), ...odd]) {
      expect(packed.guess(text, "en").language, text).toBe(eld.detect(text).language);
    }
    expect(packed.languages).toEqual(Object.values(eld.info().Languages));
  });

  it("are refused where the bytes are no such file", () => {
    const bytes = new TextEncoder();
    for (const file of ["", "touchstone-languages 1 eld 0 9 9\nen\n", "touchstone-lexicon\t1\ten\nx\n"]) {
      expect(() => parseLanguageModel(bytes.encode(file))).toThrow("pack-languages");
    }
    expect(() => loadLanguages("/nowhere")).toThrow("languages.bin");
  });

  it("take any string, and one text leaves nothing for the next", () => {
    const alone = shipped.guess(SENTENCES.de, "en");
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const guess = shipped.guess(text, "en");
        return Number.isFinite(guess.lead) && guess.ngrams >= 0;
      }),
      { numRuns: 300 },
    );
    expect(shipped.guess(SENTENCES.de, "en")).toEqual(alone);
  });
});

describe("the language of a post", () => {
  it.each(Object.entries(SENTENCES))("is found: %s", (code, text) => {
    const { language, supported, findings } = read(text);
    expect(language).toBe(code);
    expect(supported).toBe(code === "en");
    expect(findings.map(({ code: reason }) => reason)).toEqual(code === "en" ? [] : ["language.untested"]);
  });

  it.each([
    "u lil bih gon get dat ass beat no cap",
    "LOL!!! so true omg",
    "fuck off",
    "@anna @ben #tbt",
    "BULLSHIT BULLSHIT BULLSHIT BULLSHIT",
    "looooooool ahahahahahahaha",
    "12:30, gate 7",
    "😂😂😂",
    "",
  ])("is taken for English, or for none: %j", (text) =>
    expect(read(text)).toMatchObject({ supported: true, findings: [] }),
  );

  it("is as the platform says where the text is too short to tell", () => {
    expect(read("hola amigo")).toEqual({ supported: true, findings: [] });
    expect(read("hola amigo", "es-MX")).toMatchObject({ language: "es-MX", supported: false });
    expect(read("hola amigo", "en-GB")).toEqual({ language: "en-GB", supported: true, findings: [] });
    expect(read("Ganz schön dick", "de").findings[0]).toMatchObject({ code: "language.tagged", weight: 1 });
    expect(read("hola amigo", "und")).toEqual({ supported: true, findings: [] });
  });

  it("is what the text shows where that is plain, whatever the platform says", () => {
    expect(read("you are such an idiot and nobody likes you", "fr")).toMatchObject({ language: "en", supported: true });
    expect(read(SENTENCES.es, "en")).toMatchObject({ language: "es", supported: false });
    expect(read(SENTENCES.es, "es-AR")).toMatchObject({ language: "es-AR", supported: false });
    // The n-grams do not know Indonesian and would say Malay.
    expect(read("kereta datang terlambat pagi ini dan tidak ada yang memberi tahu", "id").language).toBe("id");
  });

  it("is English where the letters are borrowed, and unknown where the script is", () => {
    for (const text of ["уоu аrе аn іdіоt", "іdіоt", "𝐲𝐨𝐮 𝐚𝐫𝐞 𝐚𝐧 𝐢𝐝𝐢𝐨𝐭"]) expect(read(text).supported, text).toBe(true);
    expect(read("ត្រូវបានគេ").findings).toMatchObject([{ code: "language.script" }]);
  });

  it("needs no n-grams for tags, scripts and English words", () => {
    expect(read(SENTENCES.en, undefined, UNKNOWN_LANGUAGES).language).toBe("en");
    expect(read(SENTENCES.ru, undefined, UNKNOWN_LANGUAGES).supported).toBe(false);
    expect(read(SENTENCES.de, "de", UNKNOWN_LANGUAGES).supported).toBe(false);
    expect(read(SENTENCES.de, undefined, UNKNOWN_LANGUAGES)).toEqual({ supported: true, findings: [] });
  });
});
