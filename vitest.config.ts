import { defineConfig } from "vitest/config";

const alias = { "@/": `${import.meta.dirname}/` };

/**
 * Files of a worker share its modules: reading them anew for every file was most of the time. What a test changes for the whole
 * process (an environment variable, a replaced global) it puts back itself.
 */
const SHARED = { isolate: false };

export default defineConfig({
  resolve: { alias },
  test: {
    allowOnly: false,
    projects: [
      {
        resolve: { alias },
        test: {
          ...SHARED,
          name: "unit",
          // Some start a process, which waits its turn on a busy machine.
          testTimeout: 30_000,
          include: ["{server,db,components,app}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "**/*.scenario.test.ts", "**/*.contract.test.ts", "server/architecture.test.ts"],
        },
      },
      {
        resolve: { alias },
        test: {
          ...SHARED,
          name: "db",
          include: ["{server,db}/**/*.{db,scenario,contract}.test.ts"],
          globalSetup: ["db/testing/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          // After the others: projects that differ in their workers cannot run in one group.
          sequence: { groupOrder: 1 },
        },
      },
      { resolve: { alias }, test: { ...SHARED, name: "architecture", include: ["server/architecture.test.ts"] } },
    ],
  },
});
