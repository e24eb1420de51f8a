import fc from "fast-check";
import * as z from "zod";
import { item } from "../../shared/domain/item.ts";
import { policyDocument } from "../../shared/policy/policy-document.ts";
import { aText } from "./words.ts";

/** What of JSON Schema zod writes for our contracts. */
interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema | false;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: JsonSchema | false;
}

type Definitions = Readonly<Record<string, JsonSchema>>;

const LONGEST_LIST = 4;
/** Numbers without bounds stay where a table can hold them; the extremes are for near-valid input. */
const WIDEST = 1_000_000;

const jsonSchemaOf = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;

const itemSchema = jsonSchemaOf(item);
const policySchema = jsonSchemaOf(policyDocument);

/** Values that a zod schema takes: made from its JSON Schema, and checked by the schema itself, which knows more. */
export function validOf<S extends z.ZodType>(schema: S): fc.Arbitrary<z.input<S>> {
  const json = jsonSchemaOf(schema);
  // Declared as anything, since each is parsed by the use case itself: what fits is an item, and a policy.
  const definitions = { ...itemSchema.$defs, ...json.$defs, AnyItem: itemSchema, AnyPolicy: policySchema };
  return arbitraryOf(json, definitions).filter((value) => schema.safeParse(value).success) as fc.Arbitrary<z.input<S>>;
}

function arbitraryOf(schema: JsonSchema, definitions: Definitions): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined)
    return arbitraryOf(definitions[schema.$ref.split("/").at(-1) ?? ""] ?? {}, definitions);
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return fc.oneof(...choices.map((choice) => arbitraryOf(choice, definitions)));
  switch (schema.type) {
    case "object":
      return objectOf(schema, definitions);
    case "array":
      return listOf(schema, definitions);
    case "string":
      return stringOf(schema);
    case "integer":
      return fc.integer({ min: schema.minimum ?? -WIDEST, max: Math.min(schema.maximum ?? WIDEST, 2 ** 31 - 1) });
    case "number":
      return fc
        .integer({ min: (schema.minimum ?? -WIDEST) * 1000, max: (schema.maximum ?? WIDEST) * 1000 })
        .map((thousandths) => thousandths / 1000);
    case "boolean":
      return fc.boolean();
    default:
      return fc.jsonValue();
  }
}

function objectOf(schema: JsonSchema, definitions: Definitions): fc.Arbitrary<unknown> {
  const { properties, required = [], propertyNames, additionalProperties } = schema;
  if (additionalProperties && propertyNames)
    return fc.dictionary(
      arbitraryOf(propertyNames, definitions) as fc.Arbitrary<string>,
      arbitraryOf(additionalProperties, definitions),
      { maxKeys: LONGEST_LIST },
    );
  const fields = Object.fromEntries(
    Object.entries(properties ?? {}).map(([name, field]) => [name, arbitraryOf(field, definitions)]),
  );
  return fc.record(fields, { requiredKeys: [...required], noNullPrototype: true });
}

function listOf(schema: JsonSchema, definitions: Definitions): fc.Arbitrary<unknown> {
  if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map((one) => arbitraryOf(one, definitions)));
  return fc.array(arbitraryOf(schema.items || {}, definitions), {
    minLength: schema.minItems ?? 0,
    maxLength: Math.min(schema.maxItems ?? LONGEST_LIST, Math.max(LONGEST_LIST, schema.minItems ?? 0)),
  });
}

const FROM = Date.UTC(2000, 0, 1);
// Reviews of the future are refused, which no JSON schema says.
const UNTIL = Date.UTC(2026, 0, 1);

function stringOf({ format, pattern, minLength = 0, maxLength = 200 }: JsonSchema): fc.Arbitrary<string> {
  if (format === "date-time") return fc.integer({ min: FROM, max: UNTIL }).map((time) => new Date(time).toISOString());
  if (format === "base64")
    return fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString("base64"));
  if (pattern === undefined)
    return aText.map((text) => text.slice(0, maxLength)).filter(({ length }) => length >= minLength);
  const regex = new RegExp(pattern, "u");
  return matching(pattern).filter((text) => text.length <= maxLength && regex.test(text));
}

/** fast-check writes no look-ahead and no property classes: the filter sees to the first, words to the second. */
function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern.replace(/\(\?=[^)]*\)/, ""), "u"));
  } catch {
    return fc.stringMatching(/^[A-Za-z0-9 ]{1,40}$/);
  }
}
