import { statSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import * as errands from "../support/errands.ts";

test.use({ baseURL: async ({ network }, use) => use(network.url) });

test("an upload that is cut goes on at the byte where it stopped", async ({ page, sandbox, network, pages, expectConsoleError }) => {
  test.setTimeout(150_000);
  expectConsoleError(/Failed to load resource|ERR_/);
  const errand = errands.maritalStatus;
  const size = errand.papers.flatMap(([, files]) => files).reduce((sum, file) => sum + statSync(file).size, 0);
  await errands.prepare(pages, errand);
  await pages.check.continue();
  await errands.tellTheRest(pages, errand);
  await pages.submit.signIn();
  const offsets: number[] = [];
  page.on("request", (request) => {
    if (request.method() === "PATCH") offsets.push(Number(request.headers()["upload-offset"]));
  });
  network.cutAfterSending(Math.floor(size / 2));
  // Files go as soon as somebody is signed in.
  await pages.signIn.as(errand.submitter.fullName);
  await pages.submit.ready();
  await pages.submit.declare();
  await pages.submit.send();
  await pages.receipt.ready();
  expect(network.cuts, "the connection was cut in the middle of the file").toBe(1);
  // Chromium repeats a request whose reused connection died; the server refuses that one, and the page asks where it is.
  expect(offsets[0]).toBe(0);
  expect(offsets.at(-1), "the byte at which it went on").toBeGreaterThan(size / 4);
  const [upload] = (await sandbox.history()).uploads.slice(-1);
  expect(upload?.received).toBe(upload?.length);
});

test("filling goes on without a network, and says so", async ({ page, network, pages, checkPage, expectConsoleError }) => {
  test.setTimeout(120_000);
  expectConsoleError(/Failed to load resource|ERR_/);
  const errand = errands.civilStatusCopy;
  await errands.find(pages, errand);
  await errands.tellTheCase(pages, errand);
  await pages.procedure.start();
  await errands.tellWho(pages, errand);
  await pages.who.continue();
  await pages.fill.ready("Bạn xin bản sao cho ai");
  network.goAway();
  await page.context().setOffline(true);
  await expect(page.getByText("Máy đang mất mạng.").first()).toBeVisible();
  await checkPage("offline", { snapshot: false });
  await pages.fill.select("Quan hệ với người được cấp", "Bản thân");
  await pages.fill.write("Số điện thoại", "0912 345 678");
  await pages.fill.continue();
  await pages.fill.ready("Giấy cần bản sao");
  await pages.fill.saved();
  await page.context().setOffline(false);
  network.comeBack();
  await expect(page.getByText("Máy đang mất mạng.")).toHaveCount(0);
});

test("the whole form is filled and checked without a network, and opens again there", async ({ page, network, pages, checkPage, expectConsoleError }) => {
  test.setTimeout(150_000);
  expectConsoleError(/Failed to load resource|ERR_/);
  const errand = errands.civilStatusCopy;
  await errands.find(pages, errand);
  await errands.tellTheCase(pages, errand);
  await pages.procedure.start();
  await errands.tellWho(pages, errand);
  await pages.who.continue();
  await pages.fill.ready("Bạn xin bản sao cho ai");
  await keptForLater(page);
  network.goAway();
  // Closed and opened again, where there is no network: the same step, then the rest of the form.
  await page.reload();
  await pages.fill.ready("Bạn xin bản sao cho ai");
  const { definition, answers } = errands.answersOf(errand);
  await pages.fill.fill(definition, answers);
  await pages.check.ready();
  await checkPage("check-offline", { snapshot: false });
  await pages.home.open();
  await expect(pages.home.begun(errand.title)).toBeVisible();
});

/** Waits until the page, its second half and the form of this errand are kept on the device. */
async function keptForLater(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const kept = (await (await caches.open("mot-cua-1")).keys()).map((it) => it.url);
    return [/errand-.*_bg\.wasm$/, /\/forms\//, /\/places\/[0-9a-f]{16}\/92$/, /\/places\/country$/, /\/$/].every((wanted) => kept.some((it) => wanted.test(it)));
  });
}
