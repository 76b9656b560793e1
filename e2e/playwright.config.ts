import { defineConfig } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "./support/chromium.ts";

/**
 * Journeys on the release build, in the system's Chromium, on a cheap phone and on a desk.
 * Each Playwright worker has a sandbox of its own (see fixtures.ts), so nothing is shared but the built page.
 */
export default defineConfig({
  testDir: "journeys",
  outputDir: "test-results",
  fullyParallel: false,
  workers: process.env.CI ? 2 : 1,
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: {
    timeout: 10_000,
    toMatchAriaSnapshot: { pathTemplate: "{testDir}/../snapshots/{projectName}/{arg}{ext}" },
  },
  // A missing snapshot is a failure everywhere: `npx playwright test -u` writes them, and the change is read.
  updateSnapshots: "none",
  reporter: [["list"], ["json", { outputFile: "../target/test/journeys.json" }]],
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    trace: "off",
    serviceWorkers: "allow",
    // Our own policy is part of what is tested.
    bypassCSP: false,
    launchOptions: { executablePath: chromiumPath(), args: chromiumArguments },
  },
  projects: [
    {
      name: "phone",
      testIgnore: "keyboard.spec.ts",
      use: {
        viewport: { width: 360, height: 780 },
        deviceScaleFactor: 2,
        hasTouch: true,
        isMobile: true,
        userAgent:
          "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36",
      },
    },
    {
      name: "desktop",
      // What does not depend on the size of the screen runs on the phone alone.
      testMatch: ["embed", "keyboard", "marital-status", "nothing-lost", "other-procedures", "reach", "session"].map((it) => `${it}.spec.ts`),
      use: { viewport: { width: 1280, height: 800 } },
    },
  ],
});
