import { expect, test } from "../fixtures.ts";
import type { Pages } from "../fixtures.ts";
import * as errands from "../support/errands.ts";

/** The states that hold the most: home, results, questions, papers needed, who, one step with its errors. */
async function walk(pages: Pages, at: (name: string) => Promise<void>): Promise<void> {
  const errand = errands.maritalStatus;
  await pages.home.open();
  await at("home");
  await pages.home.search(errand.words);
  await at("results");
  await pages.home.choose(errand.title);
  await pages.procedure.ready(errand.title);
  await at("procedure");
  await errands.tellTheCase(pages, errand);
  await at("needs");
  await pages.procedure.start();
  await errands.tellWho(pages, errand);
  await at("who");
  await pages.who.continue();
  await pages.fill.ready("Bạn xin giấy cho ai");
  await pages.fill.continue();
  await expect(pages.fill.summary).toBeFocused();
  await at("errors");
}

test("320 px wide: nothing scrolls sideways", async ({ page, pages, checkPage }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await walk(pages, (name) => checkPage(`narrow-${name}`, { snapshot: false }));
});

test("text at 200 %: nothing scrolls sideways", async ({ page, pages, checkPage }) => {
  // The person's own size of text, as the system or the browser sets it.
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  await walk(pages, (name) => checkPage(`large-${name}`, { snapshot: false }));
});

test("forced colours: what one does is still told apart", async ({ page, pages, checkPage }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await walk(pages, (name) => checkPage(`forced-${name}`, { snapshot: false }));
  // A button keeps an edge where backgrounds are taken away.
  const border = await page
    .getByRole("button", { name: "Tiếp tục", exact: true })
    .evaluate((it) => getComputedStyle(it).borderTopWidth);
  expect(Number.parseFloat(border)).toBeGreaterThan(0);
});

test("dark: as readable as light", async ({ page, pages, checkPage }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await walk(pages, (name) => checkPage(`dark-${name}`, { snapshot: false }));
});

test("English: the whole way in English, official words stay Vietnamese and say so", async ({ page, pages, checkPage }) => {
  await pages.home.open();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Bạn cần làm việc gì?");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await checkPage("home-english");
  await page.goto("./thu-tuc/1.004873");
  await expect(page.getByRole("heading", { level: 1, name: "Marital status certificate" })).toBeVisible();
  await checkPage("procedure-english");
});

test("a live region says once that it is saved, not once per key", async ({ page, pages }) => {
  const errand = errands.maritalStatus;
  await errands.find(pages, errand);
  await errands.tellTheCase(pages, errand);
  await pages.procedure.start();
  await pages.who.ready();
  await pages.fill.text("Số điện thoại").fill(errands.lanAnh.phone);
  await pages.fill.saved();
  await page.evaluate(() => {
    const spoken: string[] = [];
    Object.assign(window, { spoken });
    for (const region of document.querySelectorAll("[role=status], [aria-live]")) {
      new MutationObserver(() => spoken.push(region.textContent ?? "")).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    }
  });
  // Slower than the page saves: it is saved several times on the way.
  await pages.fill.text("Họ, chữ đệm, tên").pressSequentially("Nguyễn Thị Lan Anh", { delay: 120 });
  await pages.fill.saved();
  const spoken = await page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
  expect(spoken.length, `spoken: ${spoken.join(" | ")}`).toBeLessThanOrEqual(1);
});
