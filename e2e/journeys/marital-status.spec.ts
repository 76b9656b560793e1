import { expect, test } from "../fixtures.ts";
import * as errands from "../support/errands.ts";

// The whole errand, no visit: find, understand, fill, attach, check, submit, follow to the end.
test("a citizen files for a marital status certificate and follows it to the result", async ({ page, sandbox, pages, checkPage }) => {
  test.setTimeout(180_000);
  const errand = errands.maritalStatus;
  const { home, procedure, who, fill, papers, check, submit, signIn, receipt, dossier } = pages;

  await home.open();
  await checkPage("home");
  await home.search(errand.words);
  await expect(home.result(errand.title).first()).toBeVisible();
  await checkPage("search-results", { snapshot: false });
  await home.choose(errand.title);

  await procedure.ready(errand.title);
  await checkPage("procedure-questions");
  await errands.tellTheCase(pages, errand);
  await expect(procedure.paper("Giấy xác nhận tình trạng hôn nhân đã cấp trước đây")).toBeVisible();
  await expect(procedure.paper("Văn bản ủy quyền")).toHaveCount(0);
  await expect(page.getByText("Không cần đến")).toBeVisible();
  await checkPage("procedure-papers");
  await procedure.start();

  await errands.tellWho(pages, errand);
  await fill.saved();
  await checkPage("who");
  await who.continue();

  const { definition, answers } = errands.answersOf(errand);
  let step = 0;
  await fill.fill(definition, answers, async () => {
    step += 1;
    await fill.saved();
    await checkPage(`marital-step-${step}`);
  });

  await errands.giveThePapers(pages, errand);
  await fill.saved();
  await checkPage("papers");
  await papers.continue();

  await check.ready();
  await checkPage("check");
  await check.continue();

  await errands.tellTheRest(pages, errand);
  await checkPage("submit-signed-out");
  await submit.signIn();
  await signIn.as(errand.submitter.fullName);
  await submit.ready();
  await submit.declare();
  await checkPage("submit");
  await submit.send();

  await receipt.ready();
  await expect(page.getByText("Bạn không cần đến.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Lấy số thứ tự" })).toHaveCount(0);
  await checkPage("receipt");
  const code = await receipt.code();

  await receipt.track();
  await dossier.ready(code);
  await checkPage("dossier");
  for (const [status, words] of [
    [2, "Được tiếp nhận"],
    [4, "Đang xử lý"],
    [9, "Đã xử lý xong"],
    [10, "Đã trả kết quả"],
  ] as const) {
    await sandbox.moveDossier(code, status);
    await page.reload();
    await expect(dossier.status(words)).toBeVisible();
  }
  await checkPage("dossier-returned");
});
