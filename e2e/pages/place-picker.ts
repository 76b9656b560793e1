import type { Locator } from "@playwright/test";

/** Types some letters of a place and takes the one with this name from what is offered. */
export async function choosePlace(box: Locator, letters: string, name: string): Promise<void> {
  await box.fill(letters);
  await box.page().getByRole("main").getByRole("listitem").getByRole("button", { name }).first().click();
}
