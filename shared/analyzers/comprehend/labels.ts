import type { LabelName } from "../../domain/label.ts";
import type { Question } from "../analyzer.ts";

/** What DetectToxicContent calls each of our labels (the table is in docs of the taxonomy: label.ts names ours). */
export const TOXIC_LABELS: Readonly<Record<string, LabelName>> = {
  PROFANITY: "profanity",
  INSULT: "insult",
  HARASSMENT_OR_ABUSE: "harassment",
  VIOLENCE_OR_THREAT: "threat",
  HATE_SPEECH: "hate",
  GRAPHIC: "graphic",
  SEXUAL: "sexual_adult",
};

/**
 * How grave a label is where only Comprehend saw it: it grades certainty, not gravity. A threat stays under 5: that is
 * for a credible one, which a number cannot tell.
 */
export const TOXIC_SEVERITIES: Readonly<Partial<Record<LabelName, number>>> = {
  profanity: 2,
  insult: 3,
  harassment: 4,
  threat: 4,
  hate: 4,
  graphic: 4,
  sexual_adult: 3,
};

/**
 * Severity of the kinds of personal data that may not stand in public: what opens accounts or identifies for good is 4,
 * where a person can be reached 2. A name, an age, a date, a link or a user name alone is none.
 */
export const PERSONAL_DATA_SEVERITIES: Readonly<Record<string, number>> = {
  EMAIL: 2,
  PHONE: 2,
  ADDRESS: 2,
  IP_ADDRESS: 2,
  MAC_ADDRESS: 2,
  LICENSE_PLATE: 2,
  VEHICLE_IDENTIFICATION_NUMBER: 2,
  CREDIT_DEBIT_NUMBER: 4,
  CREDIT_DEBIT_CVV: 4,
  CREDIT_DEBIT_EXPIRY: 2,
  PIN: 4,
  PASSWORD: 4,
  AWS_ACCESS_KEY: 4,
  AWS_SECRET_KEY: 4,
  BANK_ACCOUNT_NUMBER: 4,
  BANK_ROUTING: 2,
  INTERNATIONAL_BANK_ACCOUNT_NUMBER: 4,
  SWIFT_CODE: 2,
  SSN: 4,
  PASSPORT_NUMBER: 4,
  DRIVER_ID: 4,
  CA_HEALTH_NUMBER: 4,
  CA_SOCIAL_INSURANCE_NUMBER: 4,
  IN_AADHAAR: 4,
  IN_NREGA: 4,
  IN_PERMANENT_ACCOUNT_NUMBER: 4,
  IN_VOTER_NUMBER: 4,
  UK_NATIONAL_HEALTH_SERVICE_NUMBER: 4,
  UK_NATIONAL_INSURANCE_NUMBER: 4,
  UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER: 4,
  US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER: 4,
};

const MOST_PERSONAL = Math.max(...Object.values(PERSONAL_DATA_SEVERITIES));

/** How grave Comprehend calls what it finds, at its gravest. */
export const comprehendSeverity = (question: Question): number =>
  question === "privacy.pii" ? MOST_PERSONAL : question === "toxicity" ? 0 : (TOXIC_SEVERITIES[question] ?? 0);

export const ABOUT_TOXICITY: readonly Question[] = ["toxicity", ...Object.values(TOXIC_LABELS)];
const ABOUT_PERSONAL_DATA: readonly Question[] = ["privacy.pii"];
const ABOUT_LANGUAGE: readonly Question[] = ["unsupported_language"];

/** What Comprehend can judge of a text: toxicity in English only, personal data in Spanish too, the language where it is not known. */
export function comprehendKnows(language: string | undefined): readonly Question[] {
  if (language === undefined) return [...ABOUT_TOXICITY, ...ABOUT_PERSONAL_DATA, ...ABOUT_LANGUAGE];
  if (language === "en") return [...ABOUT_TOXICITY, ...ABOUT_PERSONAL_DATA];
  return language === "es" ? ABOUT_PERSONAL_DATA : [];
}
