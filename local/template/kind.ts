import { createHash } from "node:crypto";
import * as z from "zod";
import type { World } from "./world.ts";

/** What `Ref` and `Fn::GetAtt` answer for one resource. */
export interface Identity {
  ref: string;
  attributes: Record<string, string>;
}

/** A resource type that the embedded cloud builds: the properties it reads and how references to it resolve. */
export interface Kind<S extends z.ZodType = z.ZodType> {
  type: string;
  /** The property with which a template may name it, and the longest name that AWS takes. */
  nameProperty?: string;
  nameLimit?: number;
  identify: (name: string, world: World) => Identity;
  /** Strict: a property outside it is refused. */
  properties: S;
}

/** A declared resource after its references were resolved and its properties were checked. */
export interface Declared<S extends z.ZodType = z.ZodType> {
  stack: string;
  logicalId: string;
  name: string;
  ref: string;
  attributes: Record<string, string>;
  properties: z.infer<S>;
  /** The stack's assets: from a function's S3 key to the folder of its bundle. */
  assets: Readonly<Record<string, string>>;
}

export function kind<S extends z.ZodType>(definition: Kind<S>): Kind<S> {
  return definition;
}

/** A property that is read and deliberately without effect on one machine; the reason is kept for who asks. */
export function inert(reason: string) {
  return z.unknown().describe(`inert: ${reason}`).optional();
}

export function arn(world: World, service: string, resource: string): string {
  return `arn:${world.partition}:${service}:${world.region}:${world.account}:${resource}`;
}

/** The name that a resource gets when its template gives none: the same at every start, so that data is found again. */
export function physicalName(stack: string, logicalId: string, limit: number): string {
  const whole = `${stack}-${logicalId}`;
  if (whole.length <= limit) return whole;
  return `${whole.slice(0, limit - 9)}-${digest(whole).slice(0, 8)}`;
}

/** A UUID that depends on the name alone. */
export function uuidOf(name: string): string {
  const hex = digest(name);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function digest(whole: string): string {
  return createHash("sha256").update(whole).digest("hex");
}

export const tags = inert("tags have no effect on behaviour");
