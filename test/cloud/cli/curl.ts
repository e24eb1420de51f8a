// Stands in for curl where the documents use it: a bare machine has none. Knows -s, -H, -d and one URL.
const headers = new Headers();
let body: string | undefined;
let url: string | undefined;
const args = process.argv.slice(2);
for (let at = 0; at < args.length; at += 1) {
  const argument = args[at] ?? "";
  if (argument === "-s") continue;
  if (argument === "-d") body = args[++at] ?? "";
  else if (argument === "-H") {
    const [name = "", ...value] = (args[++at] ?? "").split(":");
    headers.set(name.trim(), value.join(":").trim());
  } else if (argument.startsWith("-")) throw new Error(`curl: ${argument} is not known here`);
  else url = argument;
}
if (!url) throw new Error("curl: no URL");
const response = await fetch(url, body === undefined ? { headers } : { method: "POST", headers, body });
process.stdout.write(`${await response.text()}\n`);
