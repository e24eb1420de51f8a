/** Where the console may send requests besides its own origin: the identity provider and its token endpoint, if any. */
export interface ConsoleHeadersOptions {
  /** Origins without a path, `https://…`. */
  readonly connect: readonly string[];
}

/** How long a browser keeps a file of the console: hashed names for good, everything else not without asking. */
export const CONSOLE_CACHE = {
  pages: "no-cache",
  assets: "public, max-age=31536000, immutable",
} as const;

/**
 * Headers of every file of the console, by lower-case names, on AWS and on one machine alike. People's words are shown
 * there: nothing runs, is styled or is fetched that did not come with the console, and no other site may frame it.
 */
export function consoleHeaders({ connect }: ConsoleHeadersOptions): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src ${["'self'", ...connect].join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  };
}
