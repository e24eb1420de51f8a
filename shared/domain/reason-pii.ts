import { many, type Params, type Sentence } from "./sentence.ts";

const nationOf = (params: Params): string => (typeof params.scheme === "string" ? ` (${params.scheme})` : "");

/** Reasons of personal data, by kind; never the data themselves. */
export const PII_REASONS: Readonly<Record<string, Sentence>> = {
  "pii.email": (p) => `Gives ${many(p, "e-mail address", "e-mail addresses")}.`,
  "pii.phone": (p) => `Gives ${many(p, "phone number")}.`,
  "pii.card": (p) => `Gives ${many(p, "payment card number")}.`,
  "pii.iban": (p) => `Gives ${many(p, "bank account number")}.`,
  "pii.ip": (p) => `Gives ${many(p, "network address", "network addresses")}.`,
  "pii.address": (p) => `Gives ${many(p, "street address", "street addresses")}.`,
  "pii.national_id": (p) => `Gives ${many(p, "national identity or tax number")}${nationOf(p)}.`,
  "pii.birth_date": (p) => `Gives ${many(p, "date of birth", "dates of birth")}.`,
  "pii.passport": (p) => `Gives ${many(p, "passport number")}.`,
  "pii.licence": (p) => `Gives ${many(p, "driving licence number")}.`,
};
