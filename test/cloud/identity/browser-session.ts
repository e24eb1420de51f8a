/** What a browser does of the sign-in without showing anything: it keeps cookies by their paths and follows no redirect by itself. */
export class BrowserSession {
  private readonly cookies = new Map<string, { readonly pair: string; readonly path: string }>();

  async open(url: string, init: RequestInit = {}): Promise<{ readonly answer: Response; readonly next: string }> {
    const { pathname } = new URL(url);
    const cookie = [...this.cookies.values()]
      .filter(({ path }) => pathname.startsWith(path))
      .map(({ pair }) => pair)
      .join("; ");
    const headers = new Headers(init.headers);
    if (cookie) headers.set("cookie", cookie);
    const answer = await fetch(url, { ...init, redirect: "manual", headers });
    for (const set of answer.headers.getSetCookie()) this.keep(set);
    return { answer, next: new URL(answer.headers.get("location") ?? "", url).href };
  }

  /** A form, as the page of that origin sends it. */
  send(url: string, fields: Record<string, string>, origin = new URL(url).origin) {
    return this.open(url, { method: "POST", headers: { origin }, body: new URLSearchParams(fields) });
  }

  private keep(set: string): void {
    const [pair = "", ...attributes] = set.split("; ");
    const path = attributes.find((one) => one.toLowerCase().startsWith("path="))?.slice(5) ?? "/";
    const name = `${pair.split("=")[0]} ${path}`;
    if (pair.endsWith("=")) this.cookies.delete(name);
    else this.cookies.set(name, { pair, path });
  }
}
