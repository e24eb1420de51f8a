import type { IConstruct } from "constructs";

/**
 * Two values of the context that mean something together only.
 * @returns both, or undefined where neither is given
 * @throws Error naming the one that is missing or no text
 */
export function contextPair(
  scope: IConstruct,
  first: string,
  second: string,
): { readonly first: string; readonly second: string } | undefined {
  const [one, other] = [first, second].map((name): unknown => scope.node.tryGetContext(name));
  if (one === undefined && other === undefined) return undefined;
  for (const [name, value] of [
    [first, one],
    [second, other],
  ] as const)
    if (typeof value !== "string" || value === "")
      throw new Error(`the contexts "${first}" and "${second}" belong together: "${name}" is missing`);
  return { first: String(one), second: String(other) };
}
