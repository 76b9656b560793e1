import { expect, test } from "../fixtures.ts";
import * as errands from "../support/errands.ts";
import { pagesOfPdf } from "../support/pdfs.ts";
import { cornerColours, distance, drawn, seen } from "../support/pictures.ts";

// Turning, cutting to the paper, joining into one PDF and taking apart: each seen in the bytes the server received.

const certificate = "Giấy chứng sinh";

test("a picture is turned and cut to its paper, and back, and what is sent is what is shown", async ({
  page,
  pages,
  sandbox,
  checkPage,
}, testInfo) => {
  test.setTimeout(240_000);
  const file = await drawn(page, testInfo.outputDir, "to-giay.jpg", { size: [1200, 1600], corners: cornerColours });
  const before = (await sandbox.history()).uploads.length;
  await pages.signIn.first(errands.birth.submitter.fullName);
  await errands.toThePapers(pages, errands.birth);
  await pages.papers.give(certificate, file);
  await pages.papers.accepted(certificate);
  const paper = pages.papers.paper(certificate);
  await checkPage("papers-arranging", { snapshot: false });
  const received = async (): Promise<Awaited<ReturnType<typeof seen>>> => {
    await pages.papers.sent(certificate);
    const upload = (await sandbox.history()).uploads.at(-1);
    return seen(page, await sandbox.uploaded(upload?.id ?? ""));
  };
  expect(await received()).toMatchObject({ width: 1200, height: 1600 });

  await paper.getByRole("button", { name: /^Xoay/ }).click();
  await expect(paper.getByText("1600 × 1200 điểm ảnh")).toBeVisible();
  const turned = await received();
  expect([turned.width, turned.height]).toEqual([1600, 1200]);
  // A quarter turn to the right: what was on the bottom left is on the top left.
  [3, 0, 1, 2].forEach((from, corner) => {
    expect(distance(cornerColours[from] ?? "", turned.corners[corner] ?? []), `corner ${corner}`).toBeLessThan(60);
  });

  await paper.getByRole("button", { name: /^Cắt theo mép giấy/ }).click();
  await expect(paper.getByRole("button", { name: /^Không cắt nữa/ })).toBeVisible();
  await checkPage("papers-cut", { snapshot: false });
  const cut = await received();
  // Only the paper is left: its colour in all corners, about 86 % of each side.
  for (const colour of cut.corners) expect(distance("#f1efe8", colour)).toBeLessThan(40);
  expect(cut.width / 1376).toBeGreaterThan(0.9);
  expect(cut.width / 1376).toBeLessThan(1.1);

  await paper.getByRole("button", { name: /^Không cắt nữa/ }).click();
  await expect(paper.getByText("1600 × 1200 điểm ảnh")).toBeVisible();
  for (let turn = 0; turn < 3; turn += 1) {
    await paper.getByRole("button", { name: /^Xoay/ }).click();
    await expect(paper.getByText(turn % 2 === 0 ? "1200 × 1600 điểm ảnh" : "1600 × 1200 điểm ảnh")).toBeVisible();
  }
  const back = await received();
  cornerColours.forEach((colour, corner) => expect(distance(colour, back.corners[corner] ?? [])).toBeLessThan(60));
  // One file at the server: those it was before were taken away there.
  await expect.poll(async () => (await sandbox.history()).uploads.length).toBe(before + 1);
});

test("several pictures become one PDF with a page each, smaller than they were, and are taken apart again", async ({
  page,
  pages,
  sandbox,
  checkPage,
}, testInfo) => {
  test.setTimeout(240_000);
  const files: string[] = [];
  for (const number of [1, 2, 3]) {
    files.push(await drawn(page, testInfo.outputDir, `trang-${number}.jpg`, { size: [3000, 4000], text: `Trang ${number}` }));
  }
  const errand = { ...errands.birth, papers: [[certificate, files]] as [string, string[]][] };
  const before = (await sandbox.history()).uploads.length;
  await pages.signIn.first(errand.submitter.fullName);
  await errands.toThePapers(pages, errand);
  await errands.giveThePapers(pages, errand);
  const paper = pages.papers.paper(certificate);
  await expect(paper.getByText(/^Đã thu gọn từ [\d,]+ [kM]B còn [\d,]+ [kM]B/)).toHaveCount(3);
  await checkPage("papers-several", { snapshot: false });

  await paper.getByRole("button", { name: "Ghép các ảnh thành một tệp PDF" }).click();
  await expect(paper.getByText(/3 trang/)).toBeVisible();
  await expect(paper.getByRole("listitem")).toHaveCount(1);
  await checkPage("papers-joined", { snapshot: false });
  await pages.papers.sent(certificate);

  await paper.getByRole("button", { name: "Tách lại thành từng ảnh" }).click();
  await expect(paper.getByRole("listitem")).toHaveCount(3);
  await pages.papers.sent(certificate, 3);
  await paper.getByRole("button", { name: "Ghép các ảnh thành một tệp PDF" }).click();
  await expect(paper.getByText(/3 trang/)).toBeVisible();
  await pages.papers.continue();
  await pages.check.ready();
  await pages.check.continue();
  await errands.tellTheRest(pages, errand);
  await pages.submit.send();
  await pages.receipt.ready();

  const history = await sandbox.history();
  const sent = history.dossiers.at(-1)?.body.files as { upload: string; mediaType: string; bytes: number }[];
  expect(sent.map((it) => it.mediaType)).toEqual(["application/pdf"]);
  const pdf = await sandbox.uploaded(sent[0]?.upload ?? "");
  const sizes = pagesOfPdf(pdf);
  expect(sizes).toHaveLength(3);
  // A4 upright, in points.
  for (const [width, height] of sizes) {
    expect(Math.abs(width - 595.3)).toBeLessThan(2);
    expect(Math.abs(height - 841.9)).toBeLessThan(2);
  }
  expect(pdf.includes("Exif")).toBe(false);
  // Nothing of the single pictures is left at the server.
  await expect.poll(async () => (await sandbox.history()).uploads.length).toBe(before + 1);
});
