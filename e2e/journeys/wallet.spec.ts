import { expect, test } from "../fixtures.ts";
import type { Pages } from "../fixtures.ts";
import * as errands from "../support/errands.ts";
import { drawn } from "../support/pictures.ts";
import type { Sandbox } from "../support/sandbox.ts";

// Papers that were filed once are used again: by the same citizen, on the same phone.

const authorisation = "Văn bản ủy quyền";
const certificate = "Giấy chứng sinh";

/** A birth registered by somebody authorised, and a death, each of which asks for an authorisation. */
const birth = (certificates: string[], authorisations: string[]): errands.ErrandCase => ({
  ...errands.birth,
  case: [["Ai đi khai sinh cho trẻ?", "Người được cha, mẹ ủy quyền"], ...errands.birth.case.slice(1)],
  papers: [
    [certificate, certificates],
    [authorisation, authorisations],
  ],
});

const death: errands.ErrandCase = {
  ...errands.death,
  case: [["Ai đi khai tử?", "Người được ủy quyền"], ...errands.death.case.slice(1)],
  papers: [],
};

/** Files an errand of somebody who is signed in, keeping its papers. */
async function fileAndKeep(pages: Pages, errand: errands.ErrandCase): Promise<void> {
  await errands.prepare(pages, errand);
  await pages.check.continue();
  await errands.tellTheRest(pages, errand);
  await pages.submit.keepPapers();
  await pages.submit.send();
  await pages.receipt.ready();
}

const filesOf = async (sandbox: Sandbox): Promise<{ requirement: string; sha256: string }[]> =>
  (await sandbox.history()).dossiers.at(-1)?.body.files as { requirement: string; sha256: string }[];

test("a paper that was filed is used again in another procedure by the same citizen, and by nobody else", async ({
  page,
  pages,
  sandbox,
  checkPage,
}, testInfo) => {
  test.setTimeout(420_000);
  const first = await drawn(page, testInfo.outputDir, "chung-sinh.jpg");
  const second = await drawn(page, testInfo.outputDir, "uy-quyen.jpg");
  await pages.signIn.first(errands.lanAnh.fullName);
  await pages.myDossiers.open();
  await expect(page.getByText(/^Chưa giữ giấy tờ nào/)).toBeVisible();

  await errands.prepare(pages, birth([first], [second]));
  await pages.check.continue();
  await pages.submit.ready();
  await checkPage("wallet-keep", { snapshot: false });
  await pages.submit.keepPapers();
  await errands.tellTheRest(pages, birth([], []));
  await pages.submit.send();
  await pages.receipt.ready();
  const [, kept] = await filesOf(sandbox);

  // They are listed, with their day and what they were for.
  await pages.myDossiers.open();
  const today = new Intl.DateTimeFormat("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "Asia/Ho_Chi_Minh" });
  const line = `Đã kiểm tra ngày ${today.format(new Date())}, khi làm “Đăng ký khai sinh (làm giấy khai sinh)” cho Trần Minh Khôi.`;
  await expect(page.getByRole("listitem").filter({ hasText: authorisation }).getByText(line)).toBeVisible();
  await checkPage("wallet-list", { snapshot: false });

  // Another procedure: what fits is offered, what does not is not.
  await errands.toThePapers(pages, death);
  const paper = pages.papers.paper(authorisation);
  await expect(paper.getByRole("heading", { name: "Dùng lại giấy đã có" })).toBeVisible();
  await expect(paper.getByText(line)).toBeVisible();
  await expect(page.getByText("chung-sinh.jpg")).toHaveCount(0);
  await checkPage("wallet-offer", { snapshot: false });
  await paper.getByRole("button", { name: /^Dùng lại giấy này/ }).click();
  await pages.papers.accepted(authorisation);
  await expect(paper.getByRole("heading", { name: "Dùng lại giấy đã có" })).toHaveCount(0);
  await checkPage("wallet-used", { snapshot: false });
  const notice = "Giấy báo tử hoặc giấy tờ thay thế";
  await pages.papers.give(notice, first);
  await pages.papers.accepted(notice);
  await pages.papers.continue();
  await pages.check.ready();
  await pages.check.continue();
  await errands.tellTheRest(pages, errands.death);
  await pages.submit.send();
  await pages.receipt.ready();
  const sent = await filesOf(sandbox);
  expect(sent.find((it) => it.requirement === "authorisation")?.sha256, "the same file").toBe(kept?.sha256);

  // Signed out, nothing is offered and nothing shown but that there is something.
  await page.context().clearCookies();
  await pages.myDossiers.open();
  await expect(page.getByText(/^Máy này đang giữ kín 2 giấy tờ/)).toBeVisible();
  await expect(page.getByText(line)).toHaveCount(0);
  await checkPage("wallet-signed-out", { snapshot: false });

  // Another citizen on the same phone, the first one's number typed or not.
  await pages.signIn.first(errands.otherCitizen.fullName);
  await pages.myDossiers.open();
  await expect(page.getByText(/^Máy này đang giữ kín 2 giấy tờ/)).toBeVisible();
  await expect(page.getByText("uy-quyen.jpg")).toHaveCount(0);
  for (const submitter of [errands.otherCitizen, errands.lanAnh]) {
    await errands.toThePapers(pages, { ...death, submitter });
    await expect(pages.papers.paper(authorisation).getByRole("button", { name: /^Chọn|^Chụp/ }).first()).toBeVisible();
    await expect(page.getByText("Dùng lại giấy đã có")).toHaveCount(0);
  }

  // Whoever holds the phone can erase them.
  await pages.myDossiers.open();
  await page.getByRole("button", { name: "Xóa hết khỏi máy" }).click();
  await expect(page.getByText(/^Chưa giữ giấy tờ nào/)).toBeVisible();
});

test("a paper past its validity says so and is not offered to be sent, and one is removed by its owner", async ({ page, pages, checkPage }, testInfo) => {
  test.setTimeout(300_000);
  // A card that had to be changed at 25.
  const code = "092190001234||Nguyễn Thị Lan Anh|17051990|Nữ|Cần Thơ|03042013";
  const old = await drawn(page, testInfo.outputDir, "the-cu.jpg", { size: [2000, 1500], paper: "card", code });
  await pages.signIn.first(errands.lanAnh.fullName);
  await fileAndKeep(pages, birth([await drawn(page, testInfo.outputDir, "giay.jpg")], [old]));
  await errands.toThePapers(pages, death);
  const paper = pages.papers.paper(authorisation);
  await expect(paper.getByText("Thẻ này đã hết hạn ngày 17/05/2015. Bạn đổi thẻ rồi chụp thẻ mới.")).toBeVisible();
  await expect(paper.getByRole("button", { name: /^Dùng lại giấy này/ })).toHaveCount(0);
  await checkPage("wallet-past", { snapshot: false });
  await pages.myDossiers.open();
  await page.getByRole("button", { name: `Xóa khỏi máy: ${authorisation}, the-cu.jpg` }).click();
  await expect(page.getByText("the-cu.jpg")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Xóa khỏi máy/ })).toHaveCount(1);
});

test("papers are kept only where one asks for it", async ({ page, pages }, testInfo) => {
  test.setTimeout(240_000);
  await pages.signIn.first(errands.lanAnh.fullName);
  const errand = { ...errands.birth, papers: [[certificate, [await drawn(page, testInfo.outputDir, "giay.jpg")]]] as [string, string[]][] };
  await errands.prepare(pages, errand);
  await pages.check.continue();
  await errands.tellTheRest(pages, errand);
  await pages.submit.send();
  await pages.receipt.ready();
  await pages.myDossiers.open();
  await expect(page.getByText(/^Chưa giữ giấy tờ nào/)).toBeVisible();
});
