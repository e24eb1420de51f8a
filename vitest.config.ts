import { defineConfig } from "vitest/config";

// unit: pure and quick, no server, no browser; cloud: against the embedded cloud and in Chromium.
export default defineConfig({
  test: {
    projects: [
      // Nothing here keeps state of its own, so files share workers: most of their time is imports.
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          testTimeout: 20_000,
          isolate: false,
          // Whichever file loads the logger first would decide otherwise.
          env: { POWERTOOLS_SERVICE_NAME: "test", POWERTOOLS_METRICS_NAMESPACE: "Touchstone" },
          pool: "threads",
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "cloud",
          include: ["test/cloud/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each file has servers and data of its own; much of their time is waiting for retries.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
