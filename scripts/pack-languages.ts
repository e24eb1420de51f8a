import { writeFile } from "node:fs/promises";
import { ENDS, hashNgram, STARTS } from "../shared/scoring/text/language-ngrams.ts";

const SIZES = { extrasmall: "XS60", small: "S60", medium: "M60", large: "L60" } as const;
const ELD = new URL("../node_modules/eld/", import.meta.url);
const OUT = new URL("../models/text/languages.bin", import.meta.url);

interface EldData {
  readonly type: string;
  readonly languages: Readonly<Record<string, string>>;
  readonly ngrams: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Bytes that eld's n-grams stand for (it writes each byte beyond ASCII as one character of its dictionary), and edges. */
function bytesOf(ngram: string, byteOf: ReadonlyMap<string, number>): { bytes: Uint8Array; edges: number } {
  const edges = (ngram.startsWith(" ") ? STARTS : 0) | (ngram.endsWith(" ") ? ENDS : 0);
  const bytes = Array.from(ngram.trim(), (sign) => {
    const byte = /[a-z'`]/.test(sign) ? sign.charCodeAt(0) : byteOf.get(sign);
    if (byte === undefined) throw new Error("eld's dictionary does not hold a sign of its own n-grams");
    return byte;
  });
  return { bytes: Uint8Array.from(bytes), edges };
}

/**
 * eld's n-gram scores of one size as the file that shared/scoring/text/language-ngrams.ts reads: the same numbers, found
 * by hash in typed arrays. The library's own modules take 150 ms (extrasmall) to 730 ms (large) and 37 to 156 MB to load.
 */
export async function packLanguages(size: keyof typeof SIZES): Promise<Uint8Array> {
  const load = (path: string): Promise<unknown> => import(new URL(path, ELD).href);
  const { ngramsData: data } = (await load(`src/ngrams/${size}.js`)) as { ngramsData: EldData };
  const { dictionary } = (await load("src/dictionary.js")) as { dictionary: readonly string[] };
  const { default: about } = (await import(new URL("package.json", ELD).href, { with: { type: "json" } })) as {
    default: { version: string };
  };
  const byteOf = new Map(dictionary.flatMap((sign, byte) => (byte > 127 && sign !== " " ? [[sign, byte]] : [])));
  const known = Object.entries(data.ngrams).map(([ngram, scores]) => ({
    ...bytesOf(ngram, byteOf),
    scores: Object.entries(scores).map(([id, score]) => [Number(id), score] as const),
  }));

  const hashesBy = (seed: number): number[] =>
    known.map(({ bytes, edges }) => hashNgram(bytes, 0, bytes.length, edges, seed));
  let seed = 0;
  let hashes = hashesBy(seed);
  while (new Set(hashes).size < hashes.length) hashes = hashesBy(++seed);

  const order = known.map((_, index) => index).sort((a, b) => (hashes[a] ?? 0) - (hashes[b] ?? 0));
  const pairs = order.flatMap((index) => known[index]?.scores ?? []);
  const codes = Object.values(data.languages).join(" ");
  const head = new TextEncoder().encode(
    `touchstone-languages 1 eld@${about.version}-${data.type} ${seed} ${known.length} ${pairs.length}\n${codes}\n`,
  );
  const start = Math.ceil(head.length / 4) * 4;
  const file = new Uint8Array(start + 5 * known.length + 2 * pairs.length);
  const view = new DataView(file.buffer);
  file.set(head);
  order.forEach((index, place) => {
    view.setUint32(start + 4 * place, hashes[index] ?? 0, true);
    file[start + 4 * known.length + place] = known[index]?.scores.length ?? 0;
  });
  file.set(pairs.flat(), start + 5 * known.length);
  return file;
}

if (import.meta.main) {
  const size = process.argv[2] ?? "large";
  if (!Object.hasOwn(SIZES, size)) throw new Error(`a size is one of ${Object.keys(SIZES).join(", ")}`);
  const file = await packLanguages(size as keyof typeof SIZES);
  await writeFile(OUT, file);
  console.log(`models/text/languages.bin: ${file.length} bytes.`);
}
