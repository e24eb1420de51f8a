import { type Story, says } from "./story.ts";

const de = { language: "de" } as const;
const pt = { language: "pt-BR" } as const;
const fr = { language: "fr" } as const;
const es = { language: "es" } as const;

/** Ordinary posts in other languages, some without saying which. */
export const otherLanguages: Story = {
  name: "other-languages",
  channel: { id: "slow-travel", visibility: "public", surface: "post" },
  begins: 30,
  pace: 66,
  lines: [
    says("jana.w", "Heute früh am See gewesen, Nebel wie Milch und kein Mensch weit und breit.", de),
    says("bene_k", "Der Zug hatte wieder Verspätung, so ein Mist, aber die Aussicht war die Reise wert.", de),
    says("duda.viaja", "Acabei de chegar em Ouro Preto e já comi três pães de queijo. Alguém me segura!", pt),
    says("rui.mar", "Que pôr do sol lindo ontem na praia, parecia pintura.", pt),
    says("colette.d", "Le petit marché du dimanche a rouvert, les fraises sentent enfin la fraise.", fr),
    says("marin.b", "Encore un train annulé, c'est franchement pénible, mais le chauffeur du bus était adorable.", fr),
    says("lucia.anda", "Hoy caminamos veinte kilómetros y mi abuela llegó antes que todos. ¡Qué mujer!", es),
    says("pepe.rios", "¿Alguien sabe si el museo abre los lunes? Llegamos esta noche con los niños.", es),
    says("jana.w", "Weiß jemand, ob der Wanderweg über die Brücke wieder offen ist?"),
    says("duda.viaja", "Chuva o dia inteiro, então fizemos bolo e jogamos cartas até tarde.", pt),
    says("colette.d", "Merci à la dame qui m'a rendu mon écharpe dans le tram, vous avez sauvé ma journée.", fr),
    says("lucia.anda", "El pan de este pueblo merece su propia película.", es),
    says("bene_k", "Brot, Käse, Birne, Bank in der Sonne. Mehr braucht der Mensch nicht.", de),
    says("rui.mar", "Alguém tem uma boa receita de caldo verde para um dia frio?", pt),
    says("marin.b", "Mon vélo grince, ma fille rit, la journée commence bien.", fr),
    says("pepe.rios", "Gracias por los consejos, el museo abría y los niños no querían salir.", es),
    says("yuki.tabi", "今日は山の上で虹を見ました。とてもきれいでした。", { language: "ja" }),
    says("salma.r", "وصلنا إلى البحر مع الغروب، وكان المشهد يستحق كل التعب.", { language: "ar" }),
  ],
};
