import { expect, test } from "../fixtures.ts";
import * as errands from "../support/errands.ts";
import { moveTo, press } from "../support/keyboard.ts";

test("the whole way to the papers by keyboard alone, the focus where it belongs", async ({ page, pages }) => {
  test.setTimeout(150_000);
  await pages.home.open();

  // The first stop skips to the content.
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Đến nội dung chính" })).toBeFocused();
  await moveTo(page, pages.home.searchBox);
  await page.keyboard.type("giay doc than");
  await moveTo(page, pages.home.result("Xin giấy xác nhận tình trạng hôn nhân").first());
  await press(page, "Enter");

  // After moving, the heading has the focus.
  await expect(page.getByRole("heading", { level: 1, name: "Xin giấy xác nhận" })).toBeFocused();
  for (const [question, option] of errands.maritalStatus.case) {
    const group = page.getByRole("radiogroup", { name: question });
    await moveTo(page, group.getByRole("radio").first());
    await page.keyboard.press("Space");
    for (let tries = 0; !(await group.getByRole("radio", { name: option }).isChecked()); tries += 1) {
      expect(tries, `arrow keys reach ${option}`).toBeLessThan(6);
      await page.keyboard.press("ArrowDown");
    }
  }
  await moveTo(page, page.getByRole("button", { name: "Xem giấy tờ cần có" }));
  await press(page, "Enter");
  await expect(page.getByRole("heading", { name: "Bạn cần chuẩn bị" })).toBeFocused();
  await moveTo(page, page.getByRole("link", { name: "Bắt đầu khai" }));
  await press(page, "Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Hồ sơ này của ai?" })).toBeFocused();

  // Continue with nothing answered: the summary has the focus and leads to the field.
  await moveTo(page, page.getByRole("button", { name: "Tiếp tục" }));
  await press(page, "Enter");
  await expect(pages.fill.summary).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(pages.fill.summary.getByRole("link").first()).toBeFocused();
  await press(page, "Enter");
  await expect(pages.fill.text("Họ, chữ đệm, tên")).toBeFocused();
  await page.keyboard.type(errands.lanAnh.fullName);
  await moveTo(page, pages.fill.text("Số định danh cá nhân"));
  await page.keyboard.type(errands.lanAnh.citizenId);
  await moveTo(page, pages.fill.text("Số điện thoại"));
  await page.keyboard.type(errands.lanAnh.phone);
  await press(page, "Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Bạn xin giấy cho ai" })).toBeFocused();

  // Back is one step, by the link above the heading.
  await moveTo(page, page.getByRole("link", { name: "Quay lại" }), "Shift+Tab");
  await press(page, "Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Hồ sơ này của ai?" })).toBeFocused();
});
