import { defineConfig } from "vitest/config";

const alias = { "@/": `${import.meta.dirname}/` };

export default defineConfig({
  resolve: { alias },
  test: {
    allowOnly: false,
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["{server,db,components,app}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "**/*.scenario.test.ts", "**/*.contract.test.ts", "server/architecture.test.ts"],
        },
      },
      {
        resolve: { alias },
        test: {
          name: "db",
          include: ["{server,db}/**/*.{db,scenario,contract}.test.ts"],
          globalSetup: ["db/testing/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      { resolve: { alias }, test: { name: "architecture", include: ["server/architecture.test.ts"] } },
    ],
  },
});
