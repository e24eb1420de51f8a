/** DynamoDB's typed value, such as `{ S: "x" }`. */
export type Attribute = Record<string, unknown>;
export type Attributes = Record<string, Attribute | undefined>;

interface Query {
  KeyConditionExpression?: unknown;
  ExpressionAttributeNames?: unknown;
  ExpressionAttributeValues?: unknown;
}

const comparison = /^(#?\w+)\s*(=|<=|>=|<|>)\s*(:\w+)$/;
const prefix = /^begins_with\s*\(\s*([^\s,]+)\s*,\s*(:\w+)\s*\)$/i;
const range = /^(#?\w+)\s+BETWEEN\s+(:\w+)\s+AND\s+(:\w+)$/i;

/**
 * A query's key condition as a test of items, for keys that are strings.
 * @returns undefined where the expression is of a form that is not known here
 */
export function keyCondition(query: Query): ((item: Attributes) => boolean) | undefined {
  const names = (query.ExpressionAttributeNames ?? {}) as Record<string, string>;
  const values = (query.ExpressionAttributeValues ?? {}) as Record<string, Attribute>;
  const text = (value: string) => String(values[value]?.S);
  const of = (item: Attributes, name: string) => item[names[name] ?? name]?.S as string | undefined;
  const tests: ((item: Attributes) => boolean)[] = [];
  // BETWEEN has an AND of its own.
  for (const part of String(query.KeyConditionExpression ?? "").split(/\s+AND\s+(?!:)/i)) {
    const term = part.trim();
    const test = compared(term) ?? begun(term) ?? between(term);
    if (test === undefined) return undefined;
    tests.push(test);
  }
  return (item) => tests.every((test) => test(item));

  function compared(term: string) {
    const [, name = "", operator, value = ""] = comparison.exec(term) ?? [];
    if (operator === undefined) return undefined;
    return (item: Attributes) => {
      const [own, other] = [of(item, name), text(value)];
      if (own === undefined) return false;
      if (operator === "=") return own === other;
      if (operator === "<") return own < other;
      if (operator === ">") return own > other;
      return operator === "<=" ? own <= other : own >= other;
    };
  }

  function begun(term: string) {
    const [whole, name = "", value = ""] = prefix.exec(term) ?? [];
    return whole === undefined ? undefined : (item: Attributes) => of(item, name)?.startsWith(text(value)) ?? false;
  }

  function between(term: string) {
    const [whole, name = "", low = "", high = ""] = range.exec(term) ?? [];
    if (whole === undefined) return undefined;
    return (item: Attributes) => {
      const own = of(item, name);
      return own !== undefined && own >= text(low) && own <= text(high);
    };
  }
}
