import { expect, test } from "../fixtures.ts";
import type { Pages } from "../fixtures.ts";
import { choosePlace } from "../pages/place-picker.ts";
import * as errands from "../support/errands.ts";
import { formWithAnswers } from "../support/definition.ts";

// An address as old papers have it, and the ward it is in now: nothing is chosen for a person where two are possible.

const label = "Nơi đề nghị đăng ký tạm trú";
const errand = errands.errandOf("1.004194", {
  words: "đăng ký tạm trú",
  answered: { registering: "household", dwelling: "family" },
  forWhom: "Của chính tôi",
  submitter: errands.lanAnh,
  collect: "Bản điện tử",
});

/** From home to the step with the address. */
async function toTheAddress(pages: Pages): Promise<void> {
  await errands.find(pages, errand);
  await errands.tellTheCase(pages, errand);
  await pages.procedure.start();
  await errands.tellWho(pages, errand);
  await pages.who.continue();
  const { definition, answers } = formWithAnswers("temporary-residence");
  await pages.fill.fillUntil(definition, answers, "Nơi đăng ký tạm trú");
}

test("an old address is read, its present ward offered, and both stand in the answer", async ({ page, pages, checkPage }) => {
  await toTheAddress(pages);
  const { fill } = pages;
  await fill.oldAddress(label, "xã Hỏa Tiến, thành phố Vị Thanh, tỉnh Hậu Giang");
  await expect(page.getByText("Địa chỉ này nay thuộc:")).toBeVisible();
  await expect(fill.offered(label)).toHaveText([/^Xã Hỏa Lựu/]);
  await checkPage("address-old", { snapshot: false });
  await fill.offered(label).click();
  await expect(page.getByText("Xã Hỏa Lựu (Địa chỉ cũ: xã Hỏa Tiến, thành phố Vị Thanh, tỉnh Hậu Giang)")).toBeVisible();
  await fill.write("Thời hạn tạm trú: số tháng", "12");
  await fill.continue();
  // The ward is there: what is missing is told where it is missing.
  const street = fill.text("Số nhà, đường, ấp hoặc khu vực");
  await expect(street).toHaveAccessibleDescription(/ghi địa chỉ/);
  await expect(fill.text("Phường, xã, đặc khu")).not.toHaveAccessibleDescription(/ghi địa chỉ/);
  await street.fill("aaps 4");
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "Ghi lại thành “ấp 4”" }).click();
  await expect(street).toHaveValue("ấp 4");
  await fill.continue();
  await fill.ready("Chủ hộ nơi đến");

  // It rests on the device and comes back after a reload.
  await page.getByRole("link", { name: "Quay lại" }).click();
  await fill.ready("Nơi đăng ký tạm trú");
  await fill.saved();
  await page.reload();
  await fill.ready("Nơi đăng ký tạm trú");
  await expect(page.getByText("Xã Hỏa Lựu (Địa chỉ cũ: xã Hỏa Tiến, thành phố Vị Thanh, tỉnh Hậu Giang)")).toBeVisible();
});

test("what stands before the old ward becomes the street, unless one was written", async ({ page, pages }) => {
  await toTheAddress(pages);
  const { fill } = pages;
  const street = fill.text("Số nhà, đường, ấp hoặc khu vực");
  await fill.oldAddress(label, "ấp 4, xa hoa tien, tp vi thanh, hau giang");
  await fill.offered(label).click();
  await expect(street).toHaveValue("ấp 4");
  await street.fill("Số 7, ấp 4");
  await fill.oldAddress(label, "ấp 4, xã Hỏa Tiến, Vị Thanh, Hậu Giang");
  await fill.offered(label).click();
  await expect(street).toHaveValue("Số 7, ấp 4");
  await expect(page.getByText("Xã Hỏa Lựu (Địa chỉ cũ: ấp 4, xã Hỏa Tiến, Vị Thanh, Hậu Giang)")).toBeVisible();
});

test("one of several of the same name is asked for by its old district", async ({ page, pages, checkPage }) => {
  await toTheAddress(pages);
  const { fill } = pages;
  await fill.oldAddress(label, "12 Nguyễn Huệ, phường 2, tỉnh Sóc Trăng");
  await expect(page.getByText("Có nhiều nơi cùng tên. Bạn chọn theo quận, huyện cũ:")).toBeVisible();
  await expect(fill.offered(label)).toHaveText([/Thành phố Sóc Trăng/, /Thị xã Ngã Năm/, /Thị xã Vĩnh Châu/]);
  await checkPage("address-namesakes", { snapshot: false });
  await fill.offered(label).filter({ hasText: "Thị xã Vĩnh Châu" }).click();
  await expect(fill.offered(label)).toHaveText([/^Phường Vĩnh Châu/]);
  await fill.offered(label).click();
  await expect(page.getByText(/^Phường Vĩnh Châu \(Địa chỉ cũ: /)).toBeVisible();
  await expect(fill.text("Số nhà, đường, ấp hoặc khu vực")).toHaveValue("12 Nguyễn Huệ");
});

test("a unit that was divided asks where the house stands", async ({ page, pages, checkPage }) => {
  await toTheAddress(pages);
  const { fill } = pages;
  await fill.oldAddress(label, "Đường 30/4, phường Bùi Hữu Nghĩa, quận Bình Thủy, thành phố Cần Thơ");
  await expect(page.getByText("Nơi này đã chia cho nhiều phường, xã. Bạn chọn nơi có nhà mình:")).toBeVisible();
  await expect(fill.offered(label)).toHaveText([/^Phường Cái Khế/, /^Phường Bình Thủy/]);
  await checkPage("address-divided", { snapshot: false });
  await fill.offered(label).first().click();
  await expect(page.getByText(/^Phường Cái Khế \(Địa chỉ cũ: /)).toBeVisible();
  await expect(fill.text("Số nhà, đường, ấp hoặc khu vực")).toHaveValue("Đường 30/4");
});

test("a ward found by its former name keeps the old name, as names are written and in no language of the page", async ({ page, pages }) => {
  await toTheAddress(pages);
  const { fill } = pages;
  await choosePlace(fill.text("Phường, xã, đặc khu"), "hoa tien", "Xã Hỏa Lựu");
  await expect(page.getByText("Xã Hỏa Lựu (Địa chỉ cũ: Xã Hoả Tiến, Thành phố Vị Thanh)")).toBeVisible();
  await pages.fill.saved();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByText("Xã Hỏa Lựu (Old address: Xã Hoả Tiến, Thành phố Vị Thanh)")).toBeVisible();
});

test.describe("a list that does not come", () => {
  // What is answered here never reaches a service worker.
  test.use({ serviceWorkers: "block" });

  test("is no reason to stop: the ward is typed, and the step is left", async ({ page, pages, expectConsoleError }) => {
    expectConsoleError(/Failed to load resource/);
    await page.route("**/api/v1/places/*/*", (route) => route.fulfill({ status: 503 }));
    await toTheAddress(pages);
    const { fill } = pages;
    await expect(page.getByText("Danh sách chưa tải được. Bạn ghi tên phường, xã.")).toBeVisible();
    await fill.write("Phường, xã, đặc khu", "Ninh Kiều");
    await fill.write("Số nhà, đường, ấp hoặc khu vực", "12 Trần Văn Hoài");
    await fill.write("Thời hạn tạm trú: số tháng", "12");
    await fill.continue();
    await fill.ready("Chủ hộ nơi đến");
  });
});
