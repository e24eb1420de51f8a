import type { AnswerOf } from "../api/route-types.ts";

/** Where the pages of things are, by their ids. */
export const authorPath = (id: string): string => `/authors/${encodeURIComponent(id)}`;
export const targetPath = (id: string): string => `/targets/${encodeURIComponent(id)}`;
export const audiencePath = (id: string): string => `/audiences/${encodeURIComponent(id)}`;
/** Of whatever has verdicts: a post, a review, or the audience of an account. */
export const itemPath = (kind: string, id: string): string =>
  kind === "audience" ? audiencePath(id) : `/items/${kind}/${encodeURIComponent(id)}`;

/** What was sent to a subscription's receiver. */
export const deliveriesPath = (subscription: string): string => `/deliveries?subscription=${subscription}`;
export const deliveryPath = (id: string): string => `/deliveries/${id}`;

/** @returns the page that a match of a search leads to. */
export function pathOfMatch({ kind, id }: AnswerOf<"search">["matches"][number]): string {
  switch (kind) {
    case "post":
    case "review":
      return itemPath(kind, id);
    case "author":
      return authorPath(id);
    case "target":
      return targetPath(id);
    case "audience":
      return audiencePath(id);
    case "case":
      return `/cases/${id}`;
  }
}
