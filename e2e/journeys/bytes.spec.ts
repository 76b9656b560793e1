import { expect, test } from "../fixtures.ts";
import * as errands from "../support/errands.ts";
import { pngWithMetadata, segmentsOf, traces, withMetadata } from "../support/metadata.ts";
import { cornerColours, distance, draw, heldAs, seen, written } from "../support/pictures.ts";

// What leaves the phone is judged by the bytes that the server received.

const certificate = "Giấy chứng sinh";
const surrogacy = "Xác nhận của cơ sở y tế về việc mang thai hộ";

test("no picture leaves the phone with place, device or remark, and all eight orientations arrive upright", async ({
  page,
  pages,
  sandbox,
}, testInfo) => {
  test.setTimeout(300_000);
  const files: string[] = [];
  for (let orientation = 1; orientation <= 8; orientation += 1) {
    const upright = await draw(page, { size: [1200, 1600], text: `Ảnh ${orientation}`, corners: cornerColours });
    const picked = withMetadata(await heldAs(page, upright, orientation), orientation);
    for (const trace of traces) expect(picked.includes(trace), `${trace} in what is picked`).toBe(true);
    files.push(written(testInfo.outputDir, `huong-${orientation}.jpg`, picked));
  }
  const png = await draw(page, { size: [1200, 1600], text: "Ảnh PNG", corners: cornerColours, type: "image/png" });
  files.push(written(testInfo.outputDir, "anh.png", pngWithMetadata(png)));

  const errand = errands.birthBySurrogacy(files.slice(0, 5), files.slice(5), []);
  await pages.signIn.first(errand.submitter.fullName);
  await errands.toThePapers(pages, errand);
  for (const [paper, given] of errand.papers.slice(0, 2)) {
    await pages.papers.give(paper, ...given);
    await pages.papers.accepted(paper, given.length);
  }
  await pages.papers.sent(certificate, 5);
  await pages.papers.sent(surrogacy, 4);

  const uploads = (await sandbox.history()).uploads.slice(-9);
  expect(new Set(uploads.map(({ sha256 }) => sha256)).size, "nine pictures").toBe(9);
  for (const { id, length, sha256 } of uploads) {
    const bytes = await sandbox.uploaded(id);
    expect(bytes.length).toBe(length);
    expect(sha256).toBeTruthy();
    for (const trace of traces) expect(bytes.includes(trace), `${trace} in what was received`).toBe(false);
    // APP1 and APP13 and comments are not only blank: they are not there.
    const segments = segmentsOf(bytes);
    for (const marker of [0xe1, 0xed, 0xfe]) expect(segments, `segment ${marker.toString(16)}`).not.toContain(marker);
    const { width, height, corners } = await seen(page, bytes);
    expect([width, height]).toEqual([1200, 1600]);
    cornerColours.forEach((colour, corner) => {
      expect(distance(colour, corners[corner] ?? []), `corner ${corner} is ${colour}`).toBeLessThan(60);
    });
  }
});
