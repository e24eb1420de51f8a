/** What somebody has written and not saved, by the policy that it is of; in memory, until the page is loaded anew. */
export interface Draft {
  readonly text: string;
  /** The version that it began from; 0 for a new policy. */
  readonly base: number;
}

/** The key of a policy that has no id yet. */
export const NEW = "";

const drafts = new Map<string, Draft>();

export const draftOf = (id: string): Draft | undefined => drafts.get(id);

const warn = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Keeps a draft, or forgets it; the browser asks before a page is left that holds one. */
export function keepDraft(id: string, draft: Draft | undefined): void {
  if (draft) drafts.set(id, draft);
  else drafts.delete(id);
  if (drafts.size > 0) addEventListener("beforeunload", warn);
  else removeEventListener("beforeunload", warn);
}
