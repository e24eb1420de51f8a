/** A product line, or a target's category, as rules name it: `Küchen-Geräte, klein` is `kuchen-gerate-klein`; none where nothing is left of it. */
export function productLineOf(named: string | undefined): { readonly productLine?: string } {
  const words = named
    ?.normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .split(/[^a-z0-9]/)
    .filter((word) => word !== "");
  const line = words?.join("-").slice(0, 40).replace(/-$/, "");
  return line ? { productLine: line } : {};
}
