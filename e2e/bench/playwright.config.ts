import { defineConfig } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "../support/chromium.ts";

/** `make bench`: one browser, one run after the other, nothing beside it. */
export default defineConfig({
  testDir: ".",
  testMatch: ["measure.ts", "forms.ts", "documents.ts", "qr.ts"],
  globalSetup: "./begin.ts",
  globalTeardown: "./end.ts",
  outputDir: "../test-results/bench",
  workers: 1,
  retries: 0,
  timeout: 1_800_000,
  reporter: [["dot"]],
  use: { locale: "vi-VN", launchOptions: { executablePath: chromiumPath(), args: chromiumArguments } },
});
