import type { Route } from "./route.ts";

/** A route that answers people with a page, and takes what its form sends. Everything that it needs is in the query. */
export interface PageRoute extends Pick<Route, "name" | "served" | "method" | "path" | "callers" | "summary"> {
  readonly callers: "public";
}

const page = <Name extends string>(
  name: Name,
  method: "GET" | "POST",
  path: `/v1/mail/${string}`,
  summary: string,
): PageRoute & { readonly name: Name; readonly served: string } => ({
  name,
  served: "mail-links",
  method,
  path,
  callers: "public",
  summary,
});

/**
 * Where the links of mails lead. Programs that look at mails open links, so that reading one changes nothing: the page's
 * button does, or a mail program's own one (RFC 8058). Whoever has the link may do what it is for, and nothing else.
 */
export const pageRoutes = {
  "ask-confirmation": page(
    "ask-confirmation",
    "GET",
    "/v1/mail/confirm",
    "The page that asks whether alerts are wanted at an address. Changes nothing.",
  ),
  "confirm-address": page(
    "confirm-address",
    "POST",
    "/v1/mail/confirm",
    "Confirm an address, by the button of the page that asks.",
  ),
  "ask-unsubscription": page(
    "ask-unsubscription",
    "GET",
    "/v1/mail/unsubscribe",
    "The page that asks whether a subscription's mails should stop. Changes nothing.",
  ),
  unsubscribe: page(
    "unsubscribe",
    "POST",
    "/v1/mail/unsubscribe",
    "Stop a subscription's mails, by the page's button or by a mail program's one click (RFC 8058).",
  ),
} as const;
