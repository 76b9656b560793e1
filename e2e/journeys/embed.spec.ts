import { test as base, expect } from "../fixtures.ts";
import { HostSite } from "../host/server.ts";
import * as errands from "../support/errands.ts";
import { Sandbox } from "../support/sandbox.ts";

const test = base.extend<object, { host: HostSite }>({
  // A sandbox that lets exactly this host frame it.
  host: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
    async ({}, use) => {
      let page = "";
      const host = await HostSite.start(() => page);
      const framed = await Sandbox.start({ frameAncestors: [host.url] });
      page = `${framed.url}/`;
      await use(host);
      await framed.stop();
      await host.stop();
    },
    { scope: "worker" },
  ],
});

test("a portal embeds the page: search, first step, and the full page keeps the draft", async ({ page, host, context }) => {
  test.setTimeout(120_000);
  const errand = errands.maritalStatus;
  await page.goto(host.url);
  const element = page.getByTitle("Một Cửa: làm thủ tục hành chính");
  await expect(element).toBeVisible();
  const frame = page.frameLocator("mot-cua iframe");

  await expect(frame.getByRole("heading", { level: 1, name: "Bạn cần làm việc gì?" })).toBeVisible();
  // The frame is as tall as its content: no scroll bar inside.
  await expect.poll(async () => (await element.boundingBox())?.height ?? 0).toBeGreaterThan(700);

  await frame.getByRole("searchbox", { name: "Tìm thủ tục" }).pressSequentially(errand.words);
  await frame.getByRole("link", { name: errand.title }).first().click();
  for (const [question, option] of errand.case) {
    await frame.getByRole("radiogroup", { name: question }).getByRole("radio", { name: option }).check();
  }
  await frame.getByRole("button", { name: "Xem giấy tờ cần có" }).click();
  await frame.getByRole("link", { name: "Bắt đầu khai" }).click();
  await frame.getByRole("textbox", { name: "Họ, chữ đệm, tên" }).fill("Trần Thị Nhúng");
  await frame.getByText("Đã lưu trên máy này", { exact: true }).waitFor();

  const heard = await page.evaluate(() => (window as unknown as { heard: { name: string; detail: unknown }[] }).heard);
  expect(heard.map((it) => it.name)).toContain("route");
  // Nothing personal and no code of a draft's content crosses over: names of pages only.
  expect(JSON.stringify(heard)).not.toContain("Nhúng");

  const opening = context.waitForEvent("page");
  await frame.getByRole("link", { name: "Mở trang đầy đủ" }).click();
  const full = await opening;
  await expect(full.getByRole("heading", { level: 1, name: "Hồ sơ này của ai?" })).toBeVisible();
  await expect(full.getByRole("textbox", { name: "Họ, chữ đệm, tên" })).toHaveValue("Trần Thị Nhúng");
  expect(full.url()).not.toContain("/embed/");
});

test("a page that is not on the list may not frame us", async ({ page, sandbox, expectConsoleError }) => {
  expectConsoleError(/frame-ancestors|refused|ERR_BLOCKED/i);
  const stranger = await HostSite.start(() => `${sandbox.url}/`);
  try {
    await page.goto(stranger.url);
    await expect(page.getByTitle("Một Cửa: làm thủ tục hành chính")).toBeAttached();
    const frame = page.frameLocator("mot-cua iframe");
    await expect(frame.getByRole("heading", { level: 1, name: "Bạn cần làm việc gì?" })).toHaveCount(0);
    // The refusal is reported; it is the one report that this errand has.
    await expect.poll(async () => JSON.stringify(await sandbox.policyReports())).toContain("frame-ancestors");
    await sandbox.forget();
  } finally {
    await stranger.stop();
  }
});

test("the element hears only its own frame, our origin and the three messages", async ({ page, host }) => {
  await page.goto(host.url);
  const element = page.getByTitle("Một Cửa: làm thủ tục hành chính");
  await expect(page.frameLocator("mot-cua iframe").getByRole("heading", { level: 1 })).toBeVisible();
  const height = (await element.boundingBox())?.height;
  await page.evaluate(() => {
    // The host itself, its origin not ours, and then a forged event with our origin but another window.
    window.postMessage({ type: "mot-cua", version: 1, kind: "height", height: 5000 }, "*");
    const origin = new URL((document.querySelector("mot-cua iframe") as HTMLIFrameElement).src).origin;
    const forged = { type: "mot-cua", version: 1, kind: "height", height: 5000 };
    window.dispatchEvent(new MessageEvent("message", { data: forged, origin, source: window }));
    const frame = (document.querySelector("mot-cua iframe") as HTMLIFrameElement).contentWindow;
    for (const data of [null, "height", { ...forged, version: 2 }, { ...forged, height: "5000" }, { ...forged, kind: "navigate" }]) {
      window.dispatchEvent(new MessageEvent("message", { data, origin, source: frame }));
    }
  });
  expect((await element.boundingBox())?.height).toBe(height);
  // Heights have bounds.
  await page.evaluate(() => {
    const iframe = document.querySelector("mot-cua iframe") as HTMLIFrameElement;
    const data = { type: "mot-cua", version: 1, kind: "height", height: 1e9 };
    window.dispatchEvent(new MessageEvent("message", { data, origin: new URL(iframe.src).origin, source: iframe.contentWindow }));
  });
  expect((await element.boundingBox())?.height).toBe(20_000);
});
