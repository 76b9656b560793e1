import { statSync } from "node:fs";
import { expect, test } from "../fixtures.ts";
import * as errands from "../support/errands.ts";
import { makePhotos } from "../support/photos.ts";
import type { History, Sandbox } from "../support/sandbox.ts";

test.use({ baseURL: async ({ network }, use) => use(network.url) });

const certificate = "Giấy chứng sinh";
const surrogacy = "Xác nhận của cơ sở y tế về việc mang thai hộ";

const bytesOf = (files: string[]): number => files.reduce((sum, file) => sum + statSync(file).size, 0);

/** The files of the last dossier: what the citizen's device said each is, and what the server has. */
async function filed(sandbox: Sandbox): Promise<{ announced: string[]; stored: (string | null)[]; uploads: History["uploads"] }> {
  const history = await sandbox.history();
  const references = history.dossiers.at(-1)?.body.files as { upload: string; sha256: string }[];
  const uploads = references.map(({ upload }) => history.uploads.find(({ id }) => id === upload));
  return {
    announced: references.map((it) => it.sha256),
    stored: uploads.map((it) => it?.sha256 ?? null),
    uploads: uploads.filter((it) => it !== undefined),
  };
}

test("twelve photos arrive as they are over a bad link that is cut ten times, and little is sent twice", async ({
  page,
  sandbox,
  network,
  pages,
  expectConsoleError,
}, testInfo) => {
  test.setTimeout(300_000);
  expectConsoleError(/Failed to load resource|ERR_/);
  const photos = await makePhotos(page, testInfo.outputDir, 12, 20);
  const errand = errands.birthBySurrogacy(photos.slice(0, 5), photos.slice(5, 7), photos.slice(7));
  await pages.signIn.first(errand.submitter.fullName);
  await errands.toThePapers(pages, errand);
  network.throttle(50_000);
  network.cutEach(Math.floor(bytesOf(photos) / 14), 10);
  await errands.giveThePapers(pages, errand);
  // They are sent while one goes on.
  await pages.papers.continue();
  await pages.check.ready();
  await pages.check.continue();
  await errands.tellTheRest(pages, errand);
  await pages.submit.send();
  await pages.receipt.ready(240_000);
  expect(network.cuts, "connections cut in the middle of a file").toBe(10);
  const { announced, stored, uploads } = await filed(sandbox);
  expect(stored).toHaveLength(12);
  expect(stored, "what the server has is what the device had").toEqual(announced);
  const total = uploads.reduce((sum, it) => sum + it.length, 0);
  expect(network.patched - total, "bytes sent more than once").toBeLessThanOrEqual(10 * network.largestPatch);
  expect(network.largestPatch, "a chunk on a slow link").toBeLessThanOrEqual(128 * 1024);
});

test("sending is paused, goes on at the byte the server has, and goes on by itself after a reload", async ({
  page,
  sandbox,
  network,
  pages,
  expectConsoleError,
}, testInfo) => {
  test.setTimeout(240_000);
  expectConsoleError(/Failed to load resource|ERR_/);
  const photos = await makePhotos(page, testInfo.outputDir, 3, 120);
  const errand = { ...errands.birth, papers: [[certificate, photos]] as [string, string[]][] };
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/v1/uploads/")) asked.push(request.method());
  });
  await page.addInitScript(() => {
    let held = 0;
    const count = (change: number): void => {
      held += change;
      document.documentElement.dataset.wakeLocks = String(held);
    };
    const request = async (): Promise<unknown> => {
      count(1);
      return { release: async () => count(-1) };
    };
    Object.defineProperty(navigator, "wakeLock", { value: { request } });
  });
  const screenIsKeptOn = (): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset.wakeLocks);
  await pages.signIn.first(errand.submitter.fullName);
  await errands.toThePapers(pages, errand);
  network.throttle(50_000);
  await errands.giveThePapers(pages, errand);
  await pages.papers.underWay(certificate);
  expect(await screenIsKeptOn()).toBe("1");
  await pages.papers.pauseSending();
  await expect(pages.papers.paper(certificate).getByText(/^Tạm dừng ở [1-9]/).first()).toBeVisible();
  await expect.poll(screenIsKeptOn).toBe("0");
  const paused = network.patched;
  // While one looks at other pages nothing is sent.
  await pages.papers.continue();
  await pages.check.ready();
  await page.goBack();
  await pages.papers.ready();
  await expect(pages.papers.paper(certificate).getByText(/^Tạm dừng ở [1-9]/).first()).toBeVisible();
  expect(network.patched - paused, "bytes still on their way when it was paused").toBeLessThanOrEqual(2 * network.largestPatch);

  await pages.papers.goOnSending();
  await expect(page.getByText(/Đã gửi \d trên 3 tệp, .*\. Còn (chưa đầy|khoảng) \d+ phút/)).toBeVisible();
  network.throttle(200_000);
  // What the old page still asks while it goes is not the new one's first word.
  page.once("framenavigated", () => (asked.length = 0));
  await page.reload();
  await pages.papers.ready();
  await pages.papers.sent(certificate, photos.length);
  expect(asked[0], "the server is asked how much it has").toBe("HEAD");
  const uploads = (await sandbox.history()).uploads.slice(-photos.length);
  expect(uploads.map((it) => it.received)).toEqual(uploads.map((it) => it.length));
  // For each of two files a chunk at the pause, and a chunk at the reload.
  const total = uploads.reduce((sum, it) => sum + it.length, 0);
  expect(network.patched - total, "bytes sent more than once").toBeLessThanOrEqual(4 * network.largestPatch);

  // Files that are taken out are taken away at the server, too.
  await pages.papers.removeAll(certificate);
  const ids = uploads.map(({ id }) => id);
  await expect.poll(async () => (await sandbox.history()).uploads.filter(({ id }) => ids.includes(id))).toEqual([]);
});

test("a finger that rests on the last button while the papers arrive files the dossier", async ({ page, network, pages }, testInfo) => {
  test.setTimeout(240_000);
  const photos = await makePhotos(page, testInfo.outputDir, 2, 120);
  const errand = { ...errands.birth, papers: [[certificate, photos]] as [string, string[]][] };
  await errands.toThePapers(pages, errand);
  await errands.giveThePapers(pages, errand);
  await pages.papers.continue();
  await pages.check.ready();
  network.throttle(100_000);
  await errands.reachTheLastButton(pages, errand);
  const arriving = page.getByText(/^Đã gửi [01] trên 2 tệp/);
  await expect(arriving).toBeVisible();
  await pages.submit.press();
  network.comeBack();
  await expect(arriving).toBeHidden();
  await page.mouse.up();
  await pages.receipt.ready();
});

test("signed out, files wait sealed; signed in to file, each content is sent once", async ({
  page,
  sandbox,
  network,
  pages,
}, testInfo) => {
  test.setTimeout(240_000);
  const photos = await makePhotos(page, testInfo.outputDir, 2);
  const [first = "", second = ""] = photos;
  const errand = errands.birthBySurrogacy([first], [first, second], [second]);
  const before = await sandbox.history();
  await errands.toThePapers(pages, errand);
  await errands.giveThePapers(pages, errand);
  await expect(page.getByText("Các tệp được lưu kín trên máy này và chỉ gửi đi sau khi bạn đăng nhập để nộp.")).toBeVisible();
  await expect(pages.papers.paper(surrogacy).getByText("Giữ kín trên máy này, chưa gửi")).toHaveCount(2);
  // The same file for two papers may be a mistake: the page asks, and goes on once it was told.
  await expect(page.getByText("Tệp này đã được chọn cho một giấy tờ khác.")).toHaveCount(2);
  await pages.papers.useAllTheSame();
  await pages.papers.continue();
  await pages.check.ready();
  expect(network.patched, "bytes of files sent before signing in").toBe(0);
  expect((await sandbox.history()).uploads).toHaveLength(before.uploads.length);

  await errands.reachTheLastButton(pages, errand);
  await pages.submit.send();
  await pages.receipt.ready();
  const { announced, stored, uploads } = await filed(sandbox);
  expect(stored).toEqual(announced);
  const each = new Map(uploads.map((it) => [it.sha256, it.length]));
  const once = [...each.values()].reduce((sum, length) => sum + length, 0);
  expect(network.patched, "each content was sent once").toBe(once);
  expect((await sandbox.history()).storedBytes - before.storedBytes, "and is stored once").toBe(once);
});

test("files that the server threw away before filing are sent again", async ({ page, pages, sandbox, expectConsoleError }, testInfo) => {
  test.setTimeout(180_000);
  expectConsoleError(/Failed to load resource/);
  const [photo = ""] = await makePhotos(page, testInfo.outputDir, 1);
  const errand = { ...errands.birth, papers: [[certificate, [photo]]] as [string, string[]][] };
  await errands.prepare(pages, errand);
  await errands.reachTheLastButton(pages, errand);
  await expect.poll(async () => (await sandbox.history()).uploads.at(-1)?.sha256).toBeTruthy();
  const thrownAway = (await sandbox.history()).uploads.at(-1)?.id;
  // As after a week: the upload is gone, and its draft does not know.
  await page.context().request.delete(`./api/v1/uploads/${thrownAway}`, {
    headers: { "Tus-Resumable": "1.0.0", "X-CSRF-Token": await csrf(page.context().request) },
  });
  await pages.submit.send();
  await pages.receipt.ready();
  const { announced, stored, uploads } = await filed(sandbox);
  expect(stored).toEqual(announced);
  expect(uploads[0]?.id).not.toBe(thrownAway);
});

test("a file for which the device has no room is not taken, with what to do", async ({ page, pages }, testInfo) => {
  test.setTimeout(120_000);
  const [photo = ""] = await makePhotos(page, testInfo.outputDir, 1);
  // What a phone that is nearly full tells; Chromium's own override does not reach `estimate`.
  await page.addInitScript(() => {
    const estimate = async (): Promise<StorageEstimate> => ({ quota: Number(sessionStorage.getItem("quota") ?? 1e9), usage: 0 });
    Object.defineProperty(StorageManager.prototype, "estimate", { value: estimate });
  });
  await errands.toThePapers(pages, errands.birth);
  await page.evaluate(() => sessionStorage.setItem("quota", "2050000"));
  await pages.papers.give(certificate, photo);
  await expect(
    pages.papers.paper(certificate).getByText(/^Tệp này cần .* mà máy chỉ còn chỗ cho .* Bạn xóa bớt ảnh/),
  ).toBeVisible();
  await page.evaluate(() => sessionStorage.removeItem("quota"));
  await pages.papers.give(certificate, photo);
  await pages.papers.accepted(certificate);
});

/** The token of the session, as the page itself asks for it. */
async function csrf(request: { get: (path: string) => Promise<{ json: () => Promise<unknown> }> }): Promise<string> {
  const session = (await (await request.get("./api/v1/session")).json()) as { csrfToken: string };
  return session.csrfToken;
}
