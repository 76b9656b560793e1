import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { chromiumArguments, chromiumPath } from "../support/chromium.ts";
import * as errands from "../support/errands.ts";
import { film } from "../support/fake-camera.ts";
import { sample } from "../support/paths.ts";
import { pagesOf } from "../pages/all.ts";

// Chromium's fake camera plays a film: four seconds in the dark, then eight in good light.

const paper = "Giấy xác nhận tình trạng hôn nhân đã cấp trước đây";

test.use({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
  launchOptions: async ({}, use) => {
    const camera = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film()}`];
    await use({ executablePath: chromiumPath(), args: [...chromiumArguments, ...camera] });
  },
  permissions: ["camera"],
});

/** What the page asked of cameras, and the tracks it was given. */
interface Asked {
  facing: string[];
  tracks: MediaStreamTrack[];
  torch: boolean[];
}

/** Writes down what the page asks of the camera; with `more`, the device has two cameras, each with a lamp. */
async function watchTheCamera(page: Page, more = false): Promise<void> {
  await page.addInitScript((more) => {
    const asked: Asked = { facing: [], tracks: [], torch: [] };
    (window as unknown as { asked: Asked }).asked = asked;
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const video = constraints?.video as MediaTrackConstraints;
      asked.facing.push(String((video.facingMode as ConstrainDOMStringParameters).ideal));
      const stream = await ask(constraints);
      asked.tracks.push(...stream.getVideoTracks());
      return stream;
    };
    if (!more) return;
    const list = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
    navigator.mediaDevices.enumerateDevices = async () => {
      const devices = await list();
      return [...devices, ...devices.filter((it) => it.kind === "videoinput")];
    };
    MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true }) as MediaTrackCapabilities;
    MediaStreamTrack.prototype.applyConstraints = async (constraints) => {
      for (const it of constraints?.advanced ?? []) asked.torch.push((it as { torch: boolean }).torch);
    };
  }, more);
}

const asked = (page: Page): Promise<{ facing: string[]; torch: boolean[]; live: number }> =>
  page.evaluate(() => {
    const { facing, torch, tracks } = (window as unknown as { asked: Asked }).asked;
    return { facing, torch, live: tracks.filter((it) => it.readyState === "live").length };
  });

test("a paper is photographed in the page: one is told what the picture lacks, takes it, takes it again, keeps it", async ({
  page,
  pages,
  checkPage,
}) => {
  test.setTimeout(180_000);
  await watchTheCamera(page);
  await errands.toThePapers(pages, errands.maritalStatus);
  await pages.camera.open(paper);
  await pages.camera.until("Ảnh tối quá");
  await checkPage("camera-dark", { snapshot: false });
  await pages.camera.until("Ảnh rõ rồi");
  await checkPage("camera-aiming", { snapshot: false });
  // One camera without a lamp: nothing is offered that does nothing.
  await expect(pages.camera.lamp).toHaveCount(0);
  await expect(pages.camera.turn).toHaveCount(0);
  await pages.camera.take();
  await checkPage("camera-taken", { snapshot: false });
  await pages.camera.again();
  await pages.camera.until("Ảnh rõ rồi");
  await pages.camera.take();
  await pages.camera.keep();
  await pages.papers.accepted(paper);
  await expect(pages.papers.paper(paper).getByText("720 × 960 điểm ảnh")).toBeVisible();
  expect(await asked(page), "the rear camera, let go at the end").toEqual({ facing: ["environment"], torch: [], live: 0 });
  // The focus is where it was before.
  await expect(pages.papers.paper(paper).getByRole("button", { name: /^Chụp ảnh/ })).toBeFocused();
  await checkPage("papers-photographed", { snapshot: false });
  await pages.papers.continue();
  await pages.check.ready();
});

test("a second camera and a lamp are offered where there are such", async ({ page, pages, checkPage }) => {
  test.setTimeout(120_000);
  await watchTheCamera(page, true);
  await errands.toThePapers(pages, errands.maritalStatus);
  await pages.camera.open(paper);
  await pages.camera.until("Ảnh rõ rồi");
  await pages.camera.lamp.click();
  await expect(pages.camera.lamp).toHaveAttribute("aria-pressed", "true");
  await checkPage("camera-tools", { snapshot: false });
  await pages.camera.turn.click();
  await pages.camera.until("Ảnh rõ rồi");
  const seen = await asked(page);
  expect(seen.facing).toEqual(["environment", "user"]);
  expect(seen.torch).toEqual([true]);
  expect(seen.live, "the first is let go before the second").toBe(1);
  await page.keyboard.press("Escape");
  await expect(pages.camera.dialog).toHaveCount(0);
  await expect.poll(async () => (await asked(page)).live).toBe(0);
});

test("a card has a frame of its own shape", async ({ page, pages, checkPage }) => {
  test.setTimeout(120_000);
  const card = await errands.toTheCard(page, pages);
  await pages.camera.open(card);
  await pages.camera.until("Ảnh");
  await checkPage("camera-card", { snapshot: false });
  await pages.camera.close();
  await expect(pages.papers.paper(card).getByRole("listitem")).toHaveCount(0);
});

test("without permission one is told what to do, and chooses a picture all the same", async ({ page, pages, context, checkPage }) => {
  test.setTimeout(120_000);
  await errands.toThePapers(pages, errands.maritalStatus);
  // Playwright grants, and does not refuse.
  const browser = await context.newCDPSession(page);
  const { targetInfo } = await browser.send("Target.getTargetInfo");
  const { browserContextId } = targetInfo;
  await browser.send("Browser.setPermission", { permission: { name: "camera" }, setting: "denied", browserContextId });
  await pages.camera.open(paper);
  await expect(pages.camera.dialog.getByText(/^Trang chưa được phép dùng máy ảnh\. Bạn bấm “Đóng” rồi chọn ảnh có sẵn/)).toBeVisible();
  await expect(pages.camera.shutter).toBeDisabled();
  await checkPage("camera-refused", { snapshot: false });
  await pages.camera.close();
  await pages.papers.give(paper, sample("giay-chung-sinh.jpg"));
  await pages.papers.accepted(paper);
});

test("a device whose camera is gone says so", async ({ page, pages }) => {
  test.setTimeout(120_000);
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException("another program has it", "NotReadableError");
    };
  });
  await errands.toThePapers(pages, errands.maritalStatus);
  await pages.camera.open(paper);
  await expect(pages.camera.dialog.getByText(/^Không mở được máy ảnh của máy này/)).toBeVisible();
  await pages.camera.close();
});

test("a page that dies with the camera open comes back on the same step, with what was taken", async ({ page, pages, context }) => {
  test.setTimeout(180_000);
  await errands.toThePapers(pages, errands.maritalStatus);
  await pages.camera.open(paper);
  await pages.camera.until("Ảnh rõ rồi");
  await pages.camera.take();
  await pages.camera.keep();
  await pages.papers.accepted(paper);
  await pages.camera.open(paper);
  await pages.camera.until("Ảnh");
  // As a phone that needs the memory: the page is gone at once, nothing more of it runs.
  const crashed = page.waitForEvent("crash");
  const session = await context.newCDPSession(page);
  session.send("Page.crash").catch(() => undefined);
  await crashed;

  const again = await context.newPage();
  const { home, papers, check } = pagesOf(again);
  await again.goto("./");
  await home.begun(errands.maritalStatus.title).click();
  await papers.ready();
  await papers.accepted(paper);
  await expect(papers.paper(paper).getByText("anh-chup.jpg", { exact: true })).toBeVisible();
  await papers.continue();
  await check.ready();
  await expect(again.getByRole("main").getByText(errands.lanAnh.fullName).first()).toBeVisible();
});
