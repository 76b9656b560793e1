import { expect, test } from "../fixtures.ts";
import type { ErrandCase } from "../support/errands.ts";
import * as errands from "../support/errands.ts";

const toTheResult = [
  [2, "Được tiếp nhận"],
  [4, "Đang xử lý"],
  [9, "Đã xử lý xong"],
  [10, "Đã trả kết quả"],
] as const;

// Each procedure from home to its right end; the marital status certificate has a journey of its own.
const noVisit: [name: string, errand: ErrandCase][] = [
  ["birth registration, two photographs for one paper", errands.birth],
  ["death registration, a PDF", errands.death],
  ["extract copy of civil status, no paper", errands.civilStatusCopy],
];

for (const [name, errand] of noVisit) {
  test(`${name}: filed without a visit and followed to the result`, async ({ page, sandbox, pages, checkPage }) => {
    test.setTimeout(180_000);
    const code = await errands.file(pages, errand);
    await expect(page.getByText("Bạn không cần đến.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Lấy số thứ tự" })).toHaveCount(0);
    await checkPage(`receipt-${errand.form}`);
    await pages.receipt.track();
    await pages.dossier.ready(code);
    for (const [status, words] of toTheResult) {
      await sandbox.moveDossier(code, status);
      await page.reload();
      await expect(pages.dossier.status(words)).toBeVisible();
    }
  });
}

test("marriage registration: filed online, then both come, with a number", async ({ page, sandbox, pages, checkPage }) => {
  test.setTimeout(180_000);
  const code = await errands.file(pages, errands.marriage);
  await expect(page.getByText("Bạn cần đến trung tâm một lần.")).toBeVisible();
  await checkPage("receipt-visit");

  await pages.receipt.takeNumber();
  await pages.counter.ready();
  await checkPage("take-number");
  await pages.counter.centre("ninh kieu", "Ninh Kiều");
  await pages.counter.take();
  await pages.ticket.ready();
  await expect(page.getByText("Cả bên nam và bên nữ").first()).toBeVisible();
  await expect(page.getByText("Giấy tờ tùy thân của cả hai bên").first()).toBeVisible();
  await checkPage("ticket-visit");

  await pages.myDossiers.open();
  await expect(pages.myDossiers.row(code).first()).toBeVisible();
  await sandbox.moveDossier(code, 2);
  await sandbox.moveDossier(code, 4);
  await sandbox.moveDossier(code, 9);
  await sandbox.moveDossier(code, 10);
  await page.reload();
  await expect(pages.myDossiers.row(code).first()).toContainText("Đã trả kết quả");
  await checkPage("my-dossiers", { snapshot: false });
});

test("certified copies: counter only, prepared and a number taken, no dossier", async ({ page, pages, checkPage }) => {
  await pages.home.open();
  await pages.home.search("sao y ban chinh");
  await pages.home.choose("Chứng thực bản sao");
  await pages.procedure.ready("Chứng thực bản sao");
  await pages.procedure.answer("Giấy cần chứng thực đã có trong VNeID chưa?", "Chưa, hoặc không rõ");
  await pages.procedure.answer("Ai cấp giấy đó?", "Cơ quan, tổ chức Việt Nam");
  await pages.procedure.answer("Bạn đã photo sẵn bản sao chưa?", "Rồi, đủ các trang");
  await pages.procedure.seePapers();
  await expect(page.getByRole("link", { name: "Bắt đầu khai" })).toHaveCount(0);
  await checkPage("procedure-counter-only");
  await pages.procedure.takeNumber();
  await pages.counter.ready();
  await pages.counter.centre("cai khe", "Cái Khế");
  await pages.counter.priority("Người cao tuổi");
  await pages.counter.take();
  await pages.ticket.ready();
  await expect(page.getByText("Bản chính giấy cần chứng thực").first()).toBeVisible();
  await checkPage("ticket");
});
