import { randomBytes } from "node:crypto";
import { TemplateRefused } from "./world.ts";

/** Answers what a secret holds. */
export type Secrets = (arn: string, where: string) => string;

/** Secrets that the templates declare: made up at the first question, and the same from then on. */
export function openSecrets(isDeclared: (arn: string) => boolean): Secrets {
  const values = new Map<string, string>();
  return (arn, where) => {
    if (!isDeclared(arn)) throw new TemplateRefused(`${where}: no stack declares the secret that it refers to`);
    const value = values.get(arn) ?? randomBytes(36).toString("base64url");
    values.set(arn, value);
    return value;
  };
}

const REFERENCE = /\{\{resolve:([^}]*)\}\}/g;
const WHOLE_SECRET = /^secretsmanager:(arn:.+):SecretString:::$/;

/**
 * Replaces every dynamic reference inside `value` by what it refers to, as CloudFormation does when it deploys.
 * @throws TemplateRefused on a reference of another form, or to a secret that no stack declares
 */
export function revealed(value: unknown, secrets: Secrets, where: string): unknown {
  if (typeof value === "string")
    return value.replace(REFERENCE, (_, reference: string) => {
      const [, arn] = WHOLE_SECRET.exec(reference) ?? [];
      if (arn === undefined)
        throw new TemplateRefused(`${where}: a dynamic reference of this form is not known to the embedded cloud`);
      return secrets(arn, where);
    });
  if (Array.isArray(value)) return value.map((item) => revealed(item, secrets, where));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revealed(item, secrets, where)]));
}
