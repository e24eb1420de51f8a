import type { Browser } from "playwright-core";

// Not the package's own list: its single process dies with its first page, and it turns the web's security off.
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--no-first-run",
  "--no-pings",
  "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication",
];

/**
 * A Chromium out of the npm package, headless: needs no system browser, no system libraries and no ordinary user. It
 * unpacks itself into the temporary folder the first time.
 */
export async function launchBrowser(): Promise<Browser> {
  // Read while the package is imported: says that it must bring its own shared libraries, as on Lambda.
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
  const { default: chromium } = await import("@sparticuz/chromium");
  const { chromium: playwright } = await import("playwright-core");
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ARGUMENTS,
    headless: true,
  });
}
