import type { Page } from "@playwright/test";
import { choosePlace } from "./place-picker.ts";
import { named } from "./words.ts";

/** Choosing a centre and taking a number. */
export class CounterPage {
  constructor(private readonly page: Page) {}

  async ready(): Promise<void> {
    await this.page.getByRole("heading", { level: 1, name: "Lấy số thứ tự" }).waitFor();
  }

  async centre(search: string, name: string): Promise<void> {
    await choosePlace(this.page.getByRole("textbox", { name: named("Trung tâm bạn sẽ đến") }), search, name);
  }

  async priority(reason: string): Promise<void> {
    await this.page.getByRole("radiogroup", { name: named("Bạn có thuộc diện ưu tiên không?") }).getByRole("radio", { name: reason }).check();
  }

  async take(): Promise<void> {
    await this.page.getByRole("button", { name: "Lấy số", exact: true }).click();
  }
}
