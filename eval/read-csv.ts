/**
 * Rows of a CSV text (RFC 4180: quoted fields may hold separators, line ends and doubled quotes) as objects keyed by
 * the header. Fields missing at the end of a row are absent. One pass.
 */
export function readCsv(source: string, separator: "," | ";" | "\t" = ","): Record<string, string>[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = "";
  for (let index = source.startsWith("\ufeff") ? 1 : 0; index < source.length; index++) {
    const sign = source[index];
    if (sign === '"' && field === "") {
      index++;
      for (; index < source.length; index++) {
        if (source[index] !== '"') field += source[index];
        else if (source[index + 1] === '"') field += source[index++];
        else break;
      }
    } else if (sign === separator) {
      row.push(field);
      field = "";
    } else if (sign === "\n") {
      row.push(field.endsWith("\r") ? field.slice(0, -1) : field);
      rows.push(row);
      row = [];
      field = "";
    } else field += sign;
  }
  if (field !== "" || row.length > 0) rows.push([...row, field]);
  const [header = [], ...body] = rows;
  return body.map((cells) => Object.fromEntries(cells.map((cell, index) => [header[index] ?? `column${index}`, cell])));
}
