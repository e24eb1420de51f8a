import { normalise } from "../normalise.ts";

/** Praise, thanks, assent, laughter and "first!", by language; facts of usage, chosen by hand. */
const BRIEF: readonly string[] = [
  // English
  "good nice great awesome cool amazing love loved lovely beautiful wow lol lmao rofl haha hahaha thanks thank thx ty tysm perfect excellent brilliant fantastic wonderful super best first second third yes yep yeah yup ok okay k kk agree agreed same true facts based top interesting congrats congratulations fire lit dope sweet pretty fine sure indeed exactly yay bravo cute epic legend neat noice gg gj wp wtg kudos respect amen preach mood this bump f goat helpful informative useful impressive incredible gorgeous stunning superb outstanding word nicely goodjob welldone underrated",
  // German
  "danke dankeschön toll klasse schön schöner gut guter gute gutes prima genau stimmt richtig erster erste geil spitze wunderbar hammer interessant gefällt lieb",
  // French
  "merci génial bien bon bonne beau belle excellent parfait accord vrai preums premier première magnifique sympa intéressant félicitations mdr ptdr",
  // Spanish
  "gracias genial bueno buena buen excelente perfecto increíble hermoso hermosa lindo linda cierto verdad acuerdo primero primera jaja jajaja felicidades felicitaciones interesante bonito bonita guapo chévere crack",
  // Portuguese
  "obrigado obrigada ótimo ótima legal bom boa lindo linda parabéns show concordo verdade primeiro kkkk kkk rsrs maravilhoso perfeito valeu",
  // Italian
  "grazie bello bella bellissimo bellissima ottimo ottima bravo brava concordo vero primo prima perfetto stupendo complimenti fantastico",
  // Dutch
  "bedankt dank leuk mooi goed prima geweldig precies eens eerste gaaf",
  // Polish
  "dzięki dziękuję super świetne świetny fajne fajny dobre dobry pierwszy zgadzam prawda piękne brawo",
  // Turkish
  "teşekkürler teşekkür sağol harika süper güzel mükemmel ilk doğru aynen eyvallah",
  // Indonesian, Malay
  "bagus keren mantap mantul terima kasih makasih sip setuju betul pertama hebat",
  // Russian
  "спасибо отлично супер класс классно круто согласен согласна лайк хорошо первый первая красиво молодец здорово прекрасно",
  // Hindi, also in Latin letters
  "धन्यवाद शुक्रिया अच्छा बढ़िया शानदार सही dhanyavaad shukriya accha badhiya sahi",
  // Arabic, Persian
  "شكرا رائع جميل ممتاز احسنت جيد ممنون عالی",
  // Chinese, Japanese, Korean: one word a run of signs
  "不错 很好 好 赞 顶 支持 谢谢 谢谢分享 感谢分享 沙发 好文章 好文 说得好 加油 厉害 いいね すごい ありがとう ありがとうございます 最高 素晴らしい 草 なるほど 좋아요 굿 감사합니다 감사해요 최고 ㅋㅋ ㅋㅋㅋ ㅎㅎ ㅎㅎㅎ 대박",
];

/** Words that add nothing to such praise: what is praised, how much, and small words. */
const FILLER: readonly string[] = [
  "post one job work it the a an very so you u ur your much that is was i really well done stuff article pic pics photo video vid picture shot content share sharing info read point comment bro man dude mate sis buddy friend all guys too to for and here just my me we again always look looks looking thing like more totally absolutely definitely such what as said love lot lots keep up going blog track song page thread of on in with be these those are have been day every ever everyone dear sir",
  "für den die das der sehr echt beitrag artikel video foto bild mir mal wieder so ja alles ist war super ganz",
  "pour le la les un une très tout trop partage article vidéo photo post c est c'est vraiment du de d",
  "por el la los las un una muy todo compartir artículo video foto post que de qué es tan mi",
  "por o a os as um uma muito demais tudo compartilhar artigo vídeo foto post que é",
  "per il lo la i un una molto tutto condivisione articolo video foto post che davvero",
  "voor de het een heel erg zo artikel filmpje foto",
  "za bardzo post artykuł film zdjęcie się",
  "için çok bir paylaşım bu video",
  "sekali banget postingan artikel video bang kak gan",
  "за очень пост статья видео фото все",
  "बहुत bahut hai",
  "على جدا",
];

const setOf = (lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.split(" ").map((word) => normalise(word).text.replaceAll("'", ""))));

/** As `normalise` folds them, so that accents and look-alike letters make no difference. */
export const BRIEF_WORDS = setOf(BRIEF);
export const FILLER_WORDS = setOf(FILLER);
