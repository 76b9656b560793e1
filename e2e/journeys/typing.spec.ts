import { expect, test } from "../fixtures.ts";
import * as errands from "../support/errands.ts";
import type { Component } from "../support/definition.ts";
import { labelOf } from "../support/definition.ts";
import { untilSaved } from "../support/resting.ts";
import { compose, composeWithoutCommitting, typeTelex } from "../support/typing.ts";

const decomposed = /[\u0300-\u036f]/;

test("the search box neither rewrites nor loses what an input method composes", async ({ page, pages }) => {
  await pages.home.open();
  const box = pages.home.searchBox;
  await compose(page, box, "giấy khai sinh", async (_state, provisional) => {
    await expect(box).toHaveValue(provisional);
  });
  await expect(box).toHaveValue("giấy khai sinh");
  await expect(pages.home.result("Đăng ký khai sinh").first()).toBeVisible();
  await expect(box).toBeFocused();
});

test("the search box takes Telex typed with backspaces, composed or decomposed", async ({ page, pages }) => {
  for (const asDecomposed of [false, true]) {
    await pages.home.open();
    await pages.home.searchBox.click();
    await typeTelex(page, "đăng ký kết hôn", { asDecomposed });
    await expect(pages.home.result("Đăng ký kết hôn").first()).toBeVisible();
    const typed = await pages.home.searchBox.inputValue();
    expect(typed.normalize("NFC"), "what was typed").toBe("đăng ký kết hôn");
  }
});

test("each kind of text keeps what is composed, and holds NFC once it is left", async ({ page, pages }) => {
  test.setTimeout(150_000);
  const errand = errands.maritalStatus;
  await errands.find(pages, errand);
  await errands.tellTheCase(pages, errand);
  await pages.procedure.start();
  await errands.tellWho(pages, errand);

  // A line of text that the page checks as a name.
  const name = pages.fill.text("Họ, chữ đệm, tên");
  await name.fill("");
  await compose(page, name, "Nguyễn Thị Lụa", async (_state, provisional) => {
    await expect(name).toHaveValue(provisional);
  });
  await expect(name).toHaveValue("Nguyễn Thị Lụa");

  await name.fill("");
  await name.focus();
  await typeTelex(page, "Nguyễn Đức Thắng", { asDecomposed: true });
  // Not rewritten while the caret is in it …
  expect(await name.inputValue()).toMatch(decomposed);
  await page.keyboard.press("Tab");
  // … and in normal form once it is left.
  await expect(name).toHaveValue("Nguyễn Đức Thắng");
  expect(await name.inputValue()).not.toMatch(decomposed);
  await pages.who.continue();

  // A longer text of the form itself.
  const { definition, answers } = errands.answersOf(errand);
  await pages.fill.fillUntil(definition, answers, "Mục đích sử dụng");
  await pages.fill.choose("Mục đích sử dụng Giấy xác nhận", "Mục đích khác");
  const purpose = pages.fill.text("Ghi rõ mục đích");
  await compose(page, purpose, "mua bán đất ở quê", async (_state, provisional) => {
    await expect(purpose).toHaveValue(provisional);
  });
  await page.keyboard.press("Tab");
  await expect(purpose).toHaveValue("mua bán đất ở quê");
});

test("a word that is still being composed is not saved as final", async ({ page, pages }) => {
  const errand = errands.maritalStatus;
  await errands.find(pages, errand);
  await errands.tellTheCase(pages, errand);
  await pages.procedure.start();
  await pages.who.ready();
  const name = pages.fill.text("Họ, chữ đệm, tên");
  await untilSaved(page, () => name.fill("Thạch "));
  await composeWithoutCommitting(page, name, "Sươ");
  await expect(name).toHaveValue("Thạch Sươ");
  await page.reload();
  await pages.who.ready();
  await expect(pages.fill.text("Họ, chữ đệm, tên")).toHaveValue(/^Thạch ?$/);
});

test.describe("a list that comes late", () => {
  // What a page route answers, a service worker would not see.
  test.use({ serviceWorkers: "block" });

  test("a ward typed before the list of wards is there stays, whether the list comes or not", async ({ page, pages, expectConsoleError }) => {
    expectConsoleError(/Failed to load resource|ERR_/);
    test.setTimeout(120_000);
    const errand = errands.maritalStatus;
    await errands.find(pages, errand);
    await errands.tellTheCase(pages, errand);
    await pages.procedure.start();
    await errands.tellWho(pages, errand);
    await pages.who.continue();
    const { definition, answers } = errands.answersOf(errand);
    const asksForAddress = (it: Component): boolean => it.type === "address" || (it.components ?? []).some(asksForAddress);
    const step = labelOf(definition.components.find(asksForAddress) as Component);
    await pages.fill.fillUntil(definition, answers, step);
    // The list comes late, wherever it was kept.
    let ends: (comes: boolean) => void = () => {};
    let late = new Promise<boolean>((resolve) => (ends = resolve));
    await page.route(/\/api\/v1\/places\/[0-9a-f]{16}\/92$/, async (route) => ((await late) ? route.continue() : route.abort()));
    const ward = page.getByRole("textbox", { name: "Phường, xã, đặc khu" }).first();
    const typedEarly = async (): Promise<void> => {
      await page.reload();
      await pages.fill.ready(step);
      await ward.pressSequentially("hoa luu");
      await expect(page.getByText("Đang tải danh sách").first()).toBeVisible();
    };
    await typedEarly();
    ends(true);
    await expect(page.getByRole("button", { name: "Xã Hỏa Lựu" })).toBeVisible();
    await expect(ward).toHaveValue("hoa luu");
    await expect(ward).toBeFocused();
    late = new Promise((resolve) => (ends = resolve));
    await typedEarly();
    ends(false);
    await expect(page.getByText("Đang tải danh sách")).toHaveCount(0);
    await expect(ward).toHaveValue("hoa luu");
    await expect(ward).toBeFocused();
    await pages.fill.saved();
  });
});
