import type { Page } from "@playwright/test";

/** Check your answers. */
export class CheckPage {
  constructor(private readonly page: Page) {}

  async ready(): Promise<void> {
    await this.page.getByRole("heading", { level: 1, name: "Xem lại trước khi nộp" }).waitFor();
  }

  async change(what: string): Promise<void> {
    await this.page.getByRole("link", { name: `Sửa ${what}` }).click();
  }

  async continue(): Promise<void> {
    await this.page.getByRole("button", { name: "Tiếp tục", exact: true }).or(this.page.getByRole("link", { name: "Tiếp tục", exact: true })).click();
  }
}
