import { defineConfig } from "@playwright/test";

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
/** Requests without a page: a viewport changes nothing in them. */
const WITHOUT_PAGES = [
  "e2e/api/**",
  "e2e/security/endpoints.spec.ts",
  "e2e/security/sign-in.spec.ts",
  "e2e/journeys/killed-database.spec.ts",
];
const desktop = { viewport: { width: 1440, height: 900 } };

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/fixtures/server.ts",
  workers: 1,
  // A machine that does other things at once may starve a browser for longer than any patience: one more look, and the
  // list of results names what needed it.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  outputDir: "test-results",
  use: {
    // Known once the global set-up has started the stack; workers begin after it and inherit the variable.
    baseURL: process.env.UZEL_E2E_URL ?? "http://127.0.0.1:1",
    locale: "ru-RU",
    timezoneId: "Europe/Moscow",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "phone", use: phone, testIgnore: WITHOUT_PAGES.map((path) => `**/${path}`) },
    { name: "desktop", use: desktop },
  ],
});
