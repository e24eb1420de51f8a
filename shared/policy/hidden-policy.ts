import { type ActivePolicy, chainOf, nearerFirst } from "./inherited-rules.ts";
import type { PolicyDocument, PolicyScope } from "./policy-document.ts";
import { isTagged } from "./policy-scope.ts";

type Chain = readonly ActivePolicy[];

const valuesOf = (scope: PolicyScope | undefined, dimension: string): readonly string[] | undefined => {
  const named = scope?.[dimension as keyof PolicyScope];
  return named === undefined ? undefined : [named].flat();
};

/** Is everything that fits the one chain of scopes known to fit the other? By one dimension after the other. */
function covers(wider: Chain, own: Chain): boolean {
  return wider.every(({ document: { appliesTo = {} } }) =>
    Object.keys(appliesTo).every((dimension) => {
      const allowed = valuesOf(appliesTo, dimension) ?? [];
      const isAllowed = (value: string): boolean =>
        dimension === "languages" ? allowed.some((tag) => isTagged(value.toLowerCase(), tag)) : allowed.includes(value);
      return own.some(({ document }) => valuesOf(document.appliesTo, dimension)?.every(isAllowed));
    }),
  );
}

/**
 * The active policy that is nearer to every item that another one is for, so that the other decides nothing; undefined
 * where none is known to. Several that only together leave nothing over are not looked for.
 * @param active the documents of all active policies, by id
 */
export function hiddenBy(id: string, active: ReadonlyMap<string, PolicyDocument>): string | undefined {
  const known = new Map([...active].map(([name, document]) => [name, { document, version: 1 }]));
  const own = known.get(id);
  if (!own) return undefined;
  const ownChain = chainOf(own, known);
  return [...known.values()]
    .filter((policy) => policy !== own)
    .map((policy) => chainOf(policy, known))
    .sort(nearerFirst)
    .find((chain) => nearerFirst(chain, ownChain) < 0 && covers(chain, ownChain))?.[0]?.document.id;
}
