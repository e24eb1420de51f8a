import type { Attribute, Attributes } from "./key-condition.ts";

type Input = Record<string, unknown>;

const namesOf = (input: Input): Record<string, string> =>
  (input.ExpressionAttributeNames ?? {}) as Record<string, string>;

/** The same query for whole items, so that whoever ages the answer finds their keys. */
export function unprojected(input: Input): Input {
  const { ProjectionExpression: _, ExpressionAttributeNames: __, ...rest } = input;
  const condition = String(rest.KeyConditionExpression ?? "");
  // DynamoDB refuses a name that no expression uses.
  const used = Object.entries(namesOf(input)).filter(([name]) => condition.match(new RegExp(`${name}\\b`)));
  return used.length > 0 ? { ...rest, ExpressionAttributeNames: Object.fromEntries(used) } : rest;
}

/** Of an item what a query's projection names: attributes, and places in maps such as `#case.verdict.#language`. */
export function projection(input: Input): (item: Attributes) => Attributes {
  const names = namesOf(input);
  const paths = String(input.ProjectionExpression)
    .split(",")
    .map((path) => path.split(".").map((step) => names[step.trim()] ?? step.trim()));
  return (item) => {
    const kept: Attributes = {};
    for (const path of paths) copy(item, kept, path);
    return kept;
  };
}

function copy(from: Attributes, to: Attributes, [step = "", ...further]: readonly string[]): void {
  const value = from[step];
  if (value === undefined) return;
  if (further.length === 0) {
    to[step] = value;
    return;
  }
  if (value.M === undefined) return;
  const within: Attribute = to[step] ?? { M: {} };
  copy(value.M as Attributes, within.M as Attributes, further);
  if (Object.keys(within.M as Attributes).length > 0) to[step] = within;
}
