import { onTestFinished, vi } from "vitest";

/** Everything that is written to stdout, stderr or the console from here to the end of the test. */
export function captureOutput(): { readonly text: () => string; readonly lines: () => Record<string, unknown>[] } {
  let text = "";
  const keep = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  const keepLine = (...parts: unknown[]) => {
    text += `${parts.map((part) => (part instanceof Error ? `${part.stack}` : String(part))).join(" ")}\n`;
  };
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(keep),
    vi.spyOn(process.stderr, "write").mockImplementation(keep),
    ...(["log", "info", "warn", "error", "debug"] as const).map((method) =>
      vi.spyOn(console, method).mockImplementation(keepLine),
    ),
  ];
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return {
    text: () => text,
    lines: () =>
      text
        .split("\n")
        .filter((line) => line.startsWith("{"))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
