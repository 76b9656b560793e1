import { expect, test } from "../fixtures.ts";
import * as errands from "../support/errands.ts";
import { untilSaved } from "../support/resting.ts";

test("reloading in the middle lands on the same step with every answer and file", async ({ page, pages, checkPage }) => {
  test.setTimeout(120_000);
  const errand = errands.maritalStatus;
  await errands.find(pages, errand);
  await errands.tellTheCase(pages, errand);
  await pages.procedure.start();
  await errands.tellWho(pages, errand);
  await pages.who.continue();
  await pages.fill.ready("Bạn xin giấy cho ai");
  await pages.fill.select("Quan hệ với người được cấp", "Bản thân");
  await pages.fill.write("Số điện thoại", "0912 345 678");
  await untilSaved(page, () => pages.fill.write("Thư điện tử", "chua-xong@"));
  await page.reload();
  await pages.fill.ready("Bạn xin giấy cho ai");
  await expect(pages.fill.text("Số điện thoại")).toHaveValue("0912 345 678");
  // Saving never validates: half an address is kept as it is.
  await expect(pages.fill.text("Thư điện tử")).toHaveValue("chua-xong@");
  await pages.home.open();
  await expect(pages.home.begun(errand.title)).toBeVisible();
  await checkPage("home-begun", { snapshot: false });
  await pages.home.begun(errand.title).click();
  await pages.fill.ready("Bạn xin giấy cho ai");
});

test("files are still there after a reload", async ({ page, pages }) => {
  test.setTimeout(120_000);
  const errand = errands.maritalStatus;
  await errands.prepare(pages, errand);
  await page.goBack();
  await pages.papers.ready();
  await page.reload();
  await pages.papers.ready();
  await pages.papers.accepted("Giấy xác nhận tình trạng hôn nhân đã cấp trước đây");
});

test("a double click and a reply that was lost make one dossier", async ({ page, sandbox, pages, expectConsoleError }) => {
  test.setTimeout(150_000);
  const errand = errands.civilStatusCopy;
  expectConsoleError(/Failed to load resource/);
  await errands.prepare(pages, errand);
  await errands.reachTheLastButton(pages, errand);
  const before = await sandbox.dossierCount();
  // The server does the work; its answer never arrives.
  await sandbox.fault({ loseReplyOf: { method: "POST", path: "/api/v1/dossiers" } });
  await page.getByRole("button", { name: "Nộp hồ sơ", exact: true }).dblclick();
  await pages.receipt.ready();
  expect(await sandbox.dossierCount()).toBe(before + 1);
});
