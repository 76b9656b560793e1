import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { HOSTILE } from "../support/hostile.ts";

// No definition can make the page run script, reach out or stop. Console errors and reports of the policy, which every
// journey is held to, are told here by what was tried.

test("no definition of forty and more runs script, reaches out or stops the page", async ({ page, pages, context, watch, sandbox }) => {
  test.setTimeout(300_000);
  expect(HOSTILE.length).toBeGreaterThanOrEqual(40);
  const ran: string[] = [];
  await context.exposeBinding("canary", () => ran.push("script"));
  await page.addInitScript(() => {
    for (const name of ["alert", "confirm", "prompt", "open"] as const) {
      Object.assign(window, { [name]: () => (window as unknown as { canary: () => void }).canary() });
    }
  });
  page.on("dialog", async (dialog) => {
    ran.push("dialog");
    await dialog.dismiss();
  });
  context.on("request", (request) => {
    if (!request.url().startsWith(sandbox.url) && !request.url().startsWith("data:image/")) ran.push(`request ${request.url()}`);
  });
  context.on("page", (opened) => ran.push(`page ${opened.url()}`));
  await pages.preview.open();
  const loaded = await page.evaluate(() => performance.timeOrigin);

  for (const { what, text } of HOSTILE) {
    await test.step(what, async () => {
      await pages.preview.show(text);
      // Read or refused, never half.
      const read = (await pages.preview.form.count()) === 1;
      const lines = await pages.preview.refused.count();
      expect.soft(read, `${what}: shown exactly where nothing is refused`).toBe(lines === 0);
      if (read) await pages.preview.useAll("xin chào");
      for (const link of await pages.preview.form.getByRole("link").all()) {
        if (!(await link.getAttribute("href"))?.startsWith("#")) await link.click({ noWaitAfter: true });
      }
      expect.soft(await foreign(page), `${what}: elements and attributes that no form of ours has`).toEqual([]);
      expect.soft(ran, `${what}: what ran`).toEqual([]);
      expect.soft(watch.consoleErrors, `${what}: errors in the console`).toEqual([]);
      expect.soft(watch.policyReports, `${what}: policy reports`).toEqual([]);
      expect.soft(await page.evaluate(() => "polluted" in {}), `${what}: every object has it now`).toBe(false);
    });
  }

  // The page that has seen them all still shows a form and checks it.
  await pages.preview.show('{"components":[{"type":"textfield","key":"a","label":"Họ tên","validate":{"required":true}}]}');
  await pages.preview.form.getByRole("textbox", { name: "Họ tên" }).fill("Lê Thị An");
  await pages.preview.form.getByRole("button", { name: "Kiểm tra câu trả lời" }).click();
  await expect(pages.preview.form.getByText("Các câu trả lời đã hợp lệ.")).toBeVisible();
  expect(await page.evaluate(() => performance.timeOrigin), "never loaded anew").toBe(loaded);
});

/** What could run or reach out, if it stood in the form. */
async function foreign(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll("main *")) {
      if (/^(script|iframe|frame|object|embed|base|meta|link|style|img|template|math)$/i.test(element.tagName)) found.push(element.tagName);
      for (const { name, value } of element.attributes) {
        // How high a group is that is not laid out yet.
        if (name === "style" && /^contain-intrinsic-size: auto \d+rem;$/.test(value)) continue;
        if (/^on|^style$|^srcdoc$|^formaction$/i.test(name)) found.push(`${element.tagName} ${name}`);
        if (/^(href|src|action|xlink:href)$/i.test(name) && !/^(#|https?:|mailto:|tel:|\/)/.test(value)) found.push(`${name}=${value}`);
      }
    }
    return found;
  });
}
