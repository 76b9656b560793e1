import type { Locator, Page } from "@playwright/test";

/** Moves by one key until the target has the focus, as somebody does who cannot point. */
export async function moveTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops < 120; stops += 1) {
    if (await target.evaluate((it) => it === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not reach ${target}`);
}

/** Presses a key on what has the focus, once the focus can be seen there. */
export async function press(page: Page, key: string): Promise<void> {
  const seen = await page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return false;
    const style = getComputedStyle(focused);
    return focused.matches(":focus-visible") && (style.outlineStyle !== "none" || style.boxShadow !== "none");
  });
  if (!seen) throw new Error("what has the focus does not show it");
  await page.keyboard.press(key);
}
