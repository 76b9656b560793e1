import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { pagesOf } from "./pages/all.ts";
import type { Pages } from "./pages/all.ts";
import { root } from "./support/paths.ts";
import { Sandbox } from "./support/sandbox.ts";
import { TcpProxy } from "./support/tcp-proxy.ts";

export { expect } from "@playwright/test";
export type { Pages } from "./pages/all.ts";

/** What may be said of one state besides that it is sound. */
export interface CheckOptions {
  /** Parts whose content differs from run to run beyond numbers and times; still checked by axe. */
  snapshot?: boolean;
  /** Keep a screenshot under this name for people to look at. */
  screenshot?: boolean;
}

/** What each journey is given. */
interface Given {
  pages: Pages;
  /**
   * Holds one state to what every state must be: no axe violation (WCAG 2.2 AA), its accessibility tree as recorded,
   * no sideways scroll. Console errors and policy reports of the whole journey are held at its end.
   */
  checkPage: (name: string, options?: CheckOptions) => Promise<void>;
  /** A bad network before the sandbox; its journeys say `test.use({ baseURL: ({ network }, use) => use(network.url) })`. */
  network: TcpProxy;
  /** Says that a console error is part of the errand: a refused request is one in Chromium. */
  expectConsoleError: (pattern: RegExp) => void;
}

/** What went wrong in the browser, whoever looked. */
interface Watch {
  consoleErrors: string[];
  policyReports: string[];
  allowed: RegExp[];
}

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export const test = base.extend<Given & { watch: Watch }, { sandbox: Sandbox }>({
  sandbox: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
    async ({}, use) => {
      const sandbox = await Sandbox.start();
      await use(sandbox);
      await sandbox.stop();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ sandbox }, use) => use(sandbox.url),

  watch: [
    async ({ context, sandbox }, use) => {
      const watch: Watch = { consoleErrors: [], policyReports: [], allowed: [] };
      await context.exposeBinding("reportPolicyViolation", (_, report: string) => watch.policyReports.push(report));
      await context.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) => {
          const report = `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`;
          (window as unknown as { reportPolicyViolation: (report: string) => void }).reportPolicyViolation(report);
        });
      });
      context.on("console", (message) => {
        if (message.type() === "error") watch.consoleErrors.push(`${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (error) => watch.consoleErrors.push(String(error.error())));
      await sandbox.forget();

      await use(watch);

      const unexpected = watch.consoleErrors.filter((it) => !watch.allowed.some((pattern) => pattern.test(it)));
      expect.soft(unexpected, "errors in the browser's console").toEqual([]);
      expect.soft(watch.policyReports, "violations of the content security policy").toEqual([]);
      expect.soft(await sandbox.policyReports(), "policy reports at the server").toEqual([]);
      expect.soft(await sandbox.contractViolations(), "requests and answers outside the contract").toEqual([]);
    },
    { auto: true },
  ],

  network: async ({ sandbox }, use) => {
    const network = await TcpProxy.to(sandbox.port);
    await use(network);
    await network.close();
  },

  expectConsoleError: async ({ watch }, use) => use((pattern) => watch.allowed.push(pattern)),

  checkPage: async ({ page }, use, testInfo) => {
    await use(async (name, options = {}) => {
      await settled(page);
      const report = await new AxeBuilder({ page }).withTags(wcag).analyze();
      const violations = report.violations.map((it) => ({
        rule: it.id,
        where: it.nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary ?? ""}`),
      }));
      expect.soft(violations, `axe on ${name}`).toEqual([]);
      expect.soft(await sidewaysScroll(page), `pixels of sideways scroll on ${name}`).toBe(0);
      expect.soft(await remembered(page), `fields of ${name} that the browser itself keeps`).toEqual([]);
      if (options.snapshot ?? true) {
        await expect.soft(page.getByRole("document")).toMatchAriaSnapshot({ name: `${name}.aria.yml` });
      }
      if (options.screenshot ?? true) {
        const folder = join(root, "target", "screens", testInfo.project.name);
        mkdirSync(folder, { recursive: true });
        // A desktop page that was photographed whole scrolls under the next press of the mouse; a phone's does not.
        const fullPage = testInfo.project.name === "phone";
        await page.screenshot({ path: join(folder, `${name}.png`), fullPage, animations: "disabled" });
      }
    });
  },

  pages: async ({ page }, use) => use(pagesOf(page)),
});

/** Colours in transition fail a contrast check that the page at rest passes. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(
      document
        .getAnimations()
        .filter((it) => it.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((it) => it.finished.catch(() => undefined)),
    );
  });
}

/** What a browser writes into its profile to restore the page: the fields that nothing forbids it, chosen options too. */
async function remembered(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>("#app :is(input, select, textarea)")]
      .filter((it) => it.autocomplete !== "off" && it.form?.autocomplete !== "off")
      .map((it) => it.outerHTML.slice(0, 120)),
  );
}

async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => {
    const root = document.scrollingElement ?? document.documentElement;
    return Math.max(0, root.scrollWidth - root.clientWidth);
  });
}
