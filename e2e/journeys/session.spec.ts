import { expect, test } from "../fixtures.ts";
import * as errands from "../support/errands.ts";

test("a dossier is looked up without signing in, and not with wrong digits", async ({ page, pages, checkPage, expectConsoleError }) => {
  test.setTimeout(120_000);
  const code = await errands.file(pages, errands.civilStatusCopy);
  await page.context().clearCookies();
  await pages.lookUp.open();
  await checkPage("look-up");

  expectConsoleError(/lookups/);
  await pages.lookUp.find(code, "0000");
  await expect(page.getByText("Không có hồ sơ nào khớp cả mã và 4 số cuối.")).toBeVisible();
  await checkPage("look-up-none", { screenshot: false });

  // The last four digits of the owner's number, as the example answers have it.
  await pages.lookUp.find(code, errands.lanAnh.citizenId.slice(-4));
  await expect(page.getByText("Mới đăng ký").first()).toBeVisible();
  await checkPage("look-up-found");
});

test("a session that ends while one fills in loses nothing", async ({ page, sandbox, pages, checkPage, expectConsoleError }) => {
  test.setTimeout(150_000);
  const errand = errands.civilStatusCopy;
  expectConsoleError(/401|403/);
  await errands.prepare(pages, errand);
  await errands.reachTheLastButton(pages, errand);
  await sandbox.fault({ expireSession: true });
  const before = await sandbox.dossierCount();
  await pages.submit.send();
  // It says so, says what was kept, and leads to signing in; back again, the same dossier is sent by itself.
  await expect(page.getByRole("heading", { level: 1, name: "Phiên đăng nhập đã hết hạn" })).toBeFocused();
  await expect(page.getByText("Hồ sơ đang khai vẫn còn nguyên trên máy này.")).toBeVisible();
  await checkPage("session-expired");
  await pages.signIn.goTo();
  await pages.signIn.as(errand.submitter.fullName);
  await pages.receipt.ready();
  expect(await sandbox.dossierCount()).toBe(before + 1);
});

test("signing in prefills the one who files, and says so", async ({ page, pages, checkPage }) => {
  await page.goto("./dang-nhap");
  await expect(page.getByRole("heading", { level: 1, name: "Đăng nhập" })).toBeVisible();
  await checkPage("sign-in");
  await pages.signIn.goTo();
  await pages.signIn.as("Nguyễn Thị Lan Anh");
  await errands.find(pages, errands.maritalStatus);
  await errands.tellTheCase(pages, errands.maritalStatus);
  await pages.procedure.start();
  await pages.who.ready();
  await expect(page.getByText("Lấy từ tài khoản đang đăng nhập")).toBeVisible();
  await expect(pages.fill.text("Họ, chữ đệm, tên")).toHaveValue("Nguyễn Thị Lan Anh");
});

test("a volunteer's session prefills nothing", async ({ page, pages }) => {
  await page.goto("./dang-nhap");
  await pages.signIn.goTo();
  await pages.signIn.as("Phạm Minh Khoa");
  await errands.find(pages, errands.maritalStatus);
  await errands.tellTheCase(pages, errands.maritalStatus);
  await pages.procedure.start();
  await pages.who.ready();
  await expect(pages.fill.text("Họ, chữ đệm, tên")).toHaveValue("");
});
