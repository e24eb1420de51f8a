import { defineConfig } from "vitest/config";

// unit: pure and quick, no server, no browser; cloud: against the embedded cloud and in Chromium.
export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 10_000 } },
      {
        test: {
          name: "cloud",
          include: ["test/cloud/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
