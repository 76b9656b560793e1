import { writeFileSync } from "node:fs";
import { closeSync, ftruncateSync, openSync } from "node:fs";
import { expect, test } from "../fixtures.ts";
import type { Pages } from "../fixtures.ts";
import * as errands from "../support/errands.ts";
import { sample } from "../support/paths.ts";

const paper = "Giấy xác nhận tình trạng hôn nhân đã cấp trước đây";

/** To the papers of the marital status certificate, the form filled. */
async function toThePapers(pages: Pages): Promise<void> {
  await errands.toThePapers(pages, errands.maritalStatus);
}

test("a file that cannot be accepted is refused with what to do, and the draft stays", async ({ page, pages, checkPage }, testInfo) => {
  test.setTimeout(180_000);
  await toThePapers(pages);

  const huge = testInfo.outputPath("anh-200-mb.jpg");
  writeFileSync(huge, Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
  const handle = openSync(huge, "r+");
  ftruncateSync(handle, 200_000_000);
  closeSync(handle);

  const refused: [file: string, sentence: RegExp][] = [
    [sample("rong.jpg"), /Tệp này không có nội dung\. Bạn chụp lại/],
    [huge, /quá mức .* Bạn chụp lại/],
    [sample("bi-cat.jpg"), /Tệp này bị thiếu phần cuối\. Bạn chụp lại/],
    [sample("co-mat-khau.pdf"), /Tệp này đang đặt mật khẩu\. Bạn bỏ mật khẩu/],
    [sample("trang-web.jpg"), /Chỗ này chỉ nhận ảnh JPG, PNG hoặc tệp PDF\. Bạn chụp ảnh/],
    [sample("iphone.heic"), /dạng HEIC\. Bạn bấm/],
  ];
  for (const [file, sentence] of refused) {
    await pages.papers.give(paper, file);
    await expect(pages.papers.paper(paper).getByText(sentence).first()).toBeVisible();
    await pages.papers.removeAll(paper);
  }

  // A PDF under the name of a picture is what it is: accepted, with a word about its name.
  await pages.papers.give(paper, sample("that-ra-la-pdf.jpg"));
  await expect(pages.papers.paper(paper).getByText(/Tên tệp không khớp với nội dung: đây là PDF/).first()).toBeVisible();
  await checkPage("papers-named-wrongly", { snapshot: false });
  await pages.papers.removeAll(paper);

  // A refused file does not let one go on.
  await pages.papers.give(paper, sample("bi-cat.jpg"));
  await expect(pages.papers.paper(paper).getByText(/thiếu phần cuối/).first()).toBeVisible();
  await checkPage("papers-refused", { snapshot: false });
  await pages.papers.continue();
  await expect(pages.fill.summary).toBeFocused();

  // Nothing of the filling is gone.
  await page.reload();
  await pages.papers.ready();
  await page.goBack();
  await expect(page.getByRole("textbox").first()).not.toHaveValue("");
});

test("a picture lying on its side is turned upright and shown", async ({ page, pages }) => {
  test.setTimeout(120_000);
  await toThePapers(pages);
  await pages.papers.give(paper, sample("giay-chung-sinh-nam-ngang.jpg"));
  await pages.papers.accepted(paper);
  const preview = pages.papers.paper(paper).getByRole("img").first();
  await expect(preview).toBeVisible();
  const upright = await preview.evaluate((it: HTMLImageElement) => it.naturalHeight > it.naturalWidth);
  expect(upright, "taller than wide").toBe(true);
  await expect(page.getByText("giay-chung-sinh-nam-ngang.jpg").first()).toBeVisible();
});

test("several pictures make one paper", async ({ pages }) => {
  test.setTimeout(120_000);
  await toThePapers(pages);
  await pages.papers.give(paper, sample("giay-chung-sinh.jpg"), sample("tinh-trang-hon-nhan.png"));
  await pages.papers.accepted(paper, 2);
  await pages.papers.continue();
  await pages.check.ready();
});
