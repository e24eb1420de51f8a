/** A value as DynamoDB's wire has it: `{"S": "text"}`, `{"N": "1"}`, … */
export type WireValue = Readonly<Record<string, unknown>>;
export type WireItem = Readonly<Record<string, WireValue>>;

const CONTAINER = 3;
const ELEMENT = 1;
const UNIT = 1024;

/** About one byte for two significant digits, and one more; a minus sign one. */
function numberBytes(text: string): number {
  const [mantissa = ""] = text.replace("-", "").split(/[eE]/);
  const digits = mantissa.replace(".", "").replace(/^0+|0+$/g, "").length;
  return 1 + Math.ceil(digits / 2) + (text.startsWith("-") ? 1 : 0);
}

function valueBytes(value: WireValue): number {
  const [[type, held] = ["NULL", true]] = Object.entries(value);
  const all = (one: (part: never) => number): number => (held as never[]).reduce((sum, part) => sum + one(part), 0);
  switch (type) {
    case "S":
      return Buffer.byteLength(String(held));
    case "N":
      return numberBytes(String(held));
    case "B":
      return Buffer.byteLength(String(held), "base64");
    case "SS":
      return all((part) => Buffer.byteLength(String(part)));
    case "NS":
      return all((part) => numberBytes(String(part)));
    case "BS":
      return all((part) => Buffer.byteLength(String(part), "base64"));
    case "L":
      return CONTAINER + all((part) => ELEMENT + valueBytes(part));
    case "M":
      return CONTAINER + Object.keys(held as WireItem).length * ELEMENT + itemBytes(held as WireItem);
    default:
      return 1;
  }
}

/** Bytes of an item by the rules in DynamoDB's Developer Guide, "DynamoDB item sizes and formats". */
export const itemBytes = (item: WireItem): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);

/** Write units of an item: one for each KB begun, at least one. */
export const writeUnits = (item: WireItem): number => Math.max(1, Math.ceil(itemBytes(item) / UNIT));
