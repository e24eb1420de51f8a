import type { PolicyView } from "./words.tsx";

/** Versions of a policy to choose from, the newest first, each with what is known of it. */
export function versionOptions({ versions, active, shadows }: PolicyView) {
  const standing = (version: number): string => {
    if (version === active?.version) return " (decides)";
    return shadows.some((one) => one.version === version) ? " (in shadow)" : "";
  };
  return versions.map(({ version, savedAt, savedBy, note }) => ({
    value: String(version),
    label: `Version ${version}${standing(version)}`,
    description: [`${savedAt.slice(0, 16).replace("T", " ")} UTC by ${savedBy}`, note].filter(Boolean).join(": "),
  }));
}
