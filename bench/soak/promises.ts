/** A revision that the cloud has accepted. */
export interface Accepted {
  readonly kind: "post" | "review" | "follow";
  readonly id: string;
  readonly revision: string;
  /** Of a follow message: whose followers, and how many. */
  readonly follows?: { readonly account: string; readonly count: number };
}

/** What the cloud has promised to whoever called it, as its callers remember it. */
export interface Promises {
  readonly tenant: string;
  /** By kind, id and revision. */
  readonly accepted: Map<string, Accepted>;
  /** Ids of decisions that were answered, by case. */
  readonly decisions: Map<string, string>;
  /** Bodies of messages that can never be handled. */
  readonly poisons: Set<string>;
}

export const noPromises = (tenant: string): Promises => ({
  tenant,
  accepted: new Map(),
  decisions: new Map(),
  poisons: new Set(),
});

export const nameOf = ({ kind, id, revision }: Omit<Accepted, "follows">): string => `${kind} ${id} ${revision}`;
