import type { Page, Route } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import type { Pages } from "../fixtures.ts";
import * as errands from "../support/errands.ts";

// What a server, a proxy or a broken definition may send. Each ends in a sentence that says what to do.

// What a page route answers, a service worker would not see.
test.use({ serviceWorkers: "block" });

const form = "**/api/v1/forms/**";

/** Answers with the real headers (ours, cached, contract) and another body. */
async function answerWith(page: Page, address: string, change: (body: string) => string | Buffer): Promise<void> {
  await page.route(address, async (route: Route) => {
    const answer = await route.fetch();
    const { "content-encoding": _, "content-length": __, ...headers } = answer.headers();
    await route.fulfill({ status: answer.status(), headers, body: change(await answer.text()) });
  });
}

/** To a draft that has been begun and saved, then back to home. */
async function begin(pages: Pages): Promise<void> {
  const errand = errands.civilStatusCopy;
  await errands.find(pages, errand);
  await errands.tellTheCase(pages, errand);
  await pages.procedure.start();
  await errands.tellWho(pages, errand);
  await pages.fill.saved();
}

/** The draft is still there, with what was typed. */
async function draftIsIntact(page: Page, pages: Pages): Promise<void> {
  await page.unrouteAll();
  await pages.home.open();
  await pages.home.begun(errands.civilStatusCopy.title).click();
  await pages.who.ready();
  await expect(pages.fill.text("Họ, chữ đệm, tên")).toHaveValue(errands.lanAnh.fullName);
}

test("a definition with an unknown kind is not shown half: it says where to go", async ({ page, pages, checkPage }) => {
  await begin(pages);
  await answerWith(page, form, (body) => {
    const definition = JSON.parse(body) as { components: { components: unknown[] }[] };
    definition.components[1]?.components.push({ type: "hologram", key: "future", label: "?", input: true });
    return JSON.stringify(definition);
  });
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Tờ khai này đang được sửa" })).toBeVisible();
  await expect(page.getByText("Bạn đến bất kỳ Trung tâm Phục vụ hành chính công nào của thành phố để được giúp")).toBeVisible();
  await checkPage("definition-unknown-kind", { snapshot: false });
  await draftIsIntact(page, pages);
});

test("a definition of 2 MB is refused or filled, never a frozen page", async ({ page, pages }) => {
  await begin(pages);
  await answerWith(page, form, (body) => {
    const definition = JSON.parse(body) as { components: { components: Record<string, unknown>[] }[] };
    const filler = Array.from({ length: 400 }, (_, index) => ({
      type: "textfield",
      key: `filler${index}`,
      label: `Ô thừa ${index} ${"x".repeat(5000)}`,
      input: true,
    }));
    definition.components[1]?.components.push(...filler);
    return JSON.stringify(definition);
  });
  await page.reload();
  await expect(
    page
      .getByRole("heading", { level: 1, name: /Tờ khai này đang được sửa|Chưa tải được trang này/ })
      .or(page.getByRole("heading", { level: 1, name: "Hồ sơ này của ai?" })),
  ).toBeVisible();
  const began = Date.now();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  expect(Date.now() - began, "milliseconds until the page paints").toBeLessThan(2_000);
  await draftIsIntact(page, pages);
});

test("what reads scripts is fetched with the first form that has any; where it does not come, the page says so", async ({
  page,
  pages,
  expectConsoleError,
}) => {
  expectConsoleError(/Failed to load resource|ERR_/);
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  const part = /errand-[0-9a-f]{16}_scripts\.wasm$/;
  await begin(pages);
  expect(fetched.filter((it) => part.test(it)), "no form had scripts").toEqual([]);
  const withScript = async (): Promise<void> =>
    answerWith(page, form, (body) => {
      const definition = JSON.parse(body) as { components: { components: unknown[] }[] };
      const calculateValue = "value = 'Số ' + _.trim(data.contactPhone).length";
      definition.components[0]?.components.push({ type: "textfield", key: "echo", label: "Độ dài", input: true, calculateValue });
      return JSON.stringify(definition);
    });

  await withScript();
  await page.route(part, (route) => route.fulfill({ status: 404 }));
  await page.reload();
  await expect(page.getByText("Trang vừa có bản mới. Bạn tải lại trang, những gì đã điền vẫn còn.")).toBeVisible();
  await page.unroute(part);
  await page.route(part, (route) => route.abort());
  await page.getByRole("button", { name: "Thử lại" }).click();
  await expect(page.getByText("MC-N1")).toBeVisible();
  await page.unroute(part);
  await page.getByRole("button", { name: "Thử lại" }).click();
  await pages.who.ready();
  await pages.who.continue();
  await pages.fill.ready("Bạn xin bản sao cho ai");
  await pages.fill.write("Số điện thoại", "0912345678");
  await expect(pages.fill.text("Độ dài")).toHaveValue("Số 10");
  await draftIsIntact(page, pages);
});

test("the preview of a form with scripts is shown again on asking, where what reads them did not come", async ({
  page,
  pages,
  checkPage,
  expectConsoleError,
}) => {
  expectConsoleError(/Failed to load resource|ERR_/);
  await pages.preview.open();
  const part = /preview-[0-9a-f]{16}_scripts\.wasm$/;
  await page.route(part, (route) => route.abort());
  const field = (key: string, label: string) => ({ type: "textfield", key, label, input: true });
  const twice = { ...field("twice", "Hai lần"), calculateValue: "value = data.once + data.once" };
  await pages.preview.paste(JSON.stringify({ display: "form", components: [field("once", "Một lần"), twice] }));
  const again = page.getByRole("button", { name: "Thử lại" });
  await expect(again).toBeVisible();
  await checkPage("preview-without-scripts", { snapshot: false });

  // A server that answers every address with its page is told apart from one that is not there.
  await page.unroute(part);
  await page.route(part, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><p>Trang đầu" }));
  await again.click();
  await expect(page.getByText("Trang vừa có bản mới.")).toBeVisible();

  await page.unroute(part);
  await again.click();
  const { form } = pages.preview;
  await form.getByRole("textbox", { name: "Một lần" }).fill("ab");
  await expect(form.getByRole("textbox", { name: "Hai lần" })).toHaveValue("abab");
});

const notOurs: [name: string, change: (body: string) => string][] = [
  ["HTML instead of an answer", () => "<!doctype html><title>Wi-Fi</title><p>Đăng nhập Wi-Fi</p>"],
  ["half a JSON", (body) => body.slice(0, body.length / 2)],
];

for (const [name, change] of notOurs) {
  test(`${name}: it says so, and tries again`, async ({ page, pages, checkPage }) => {
    await begin(pages);
    await answerWith(page, form, change);
    await page.reload();
    await expect(page.getByText("Trang nhận được không phải của Một Cửa")).toBeVisible();
    await checkPage("not-ours", { snapshot: false });
    await page.unrouteAll();
    await page.getByRole("button", { name: "Thử lại" }).click();
    await pages.who.ready();
    await draftIsIntact(page, pages);
  });
}

test("a captive portal answers 200 with its own page", async ({ page, pages }) => {
  await begin(pages);
  await page.route(form, (route) =>
    route.fulfill({ status: 200, contentType: "text/html", body: "<!doctype html><p>Mua gói cước" }),
  );
  await page.reload();
  await expect(page.getByText("Nếu đang dùng Wi-Fi công cộng, bạn đăng nhập Wi-Fi đó trước")).toBeVisible();
  await draftIsIntact(page, pages);
});

test("a status nobody knows is shown as being updated", async ({ page, pages, checkPage }) => {
  test.setTimeout(120_000);
  const code = await errands.file(pages, errands.civilStatusCopy);
  await answerWith(page, `**/api/v1/dossiers/${code}`, (body) => {
    const dossier = JSON.parse(body) as { status: number; timeline: { status: number }[] };
    dossier.status = 42;
    for (const event of dossier.timeline) event.status = 42;
    return JSON.stringify(dossier);
  });
  await pages.receipt.track();
  await pages.dossier.ready(code);
  await expect(pages.dossier.status("Đang cập nhật")).toBeVisible();
  await checkPage("dossier-unknown-status", { snapshot: false });
});

test("an address that means nothing leads home", async ({ page, pages, checkPage }) => {
  await page.goto("./khong-co-trang-nay");
  await expect(page.getByRole("heading", { level: 1, name: "Không có trang này" })).toBeVisible();
  await checkPage("not-found");
  await page.getByRole("main").getByRole("link", { name: "Trang đầu" }).click();
  await pages.home.ready();
});

test("a panic ends in a screen that leads back to what was kept", async ({ page, pages }) => {
  await begin(pages);
  await page.evaluate(() => dispatchEvent(new CustomEvent("mot-cua-panic")));
  await expect(page.getByRole("heading", { name: "Trang vừa gặp trục trặc" })).toBeFocused();
  await page.getByRole("button", { name: "Mở lại trang" }).click();
  await pages.who.ready();
  await expect(pages.fill.text("Họ, chữ đệm, tên")).toHaveValue(errands.lanAnh.fullName);
});
