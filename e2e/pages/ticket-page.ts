import type { Locator, Page } from "@playwright/test";

/** The number, what to bring, who comes. */
export class TicketPage {
  readonly code: Locator;

  constructor(private readonly page: Page) {
    this.code = page.getByRole("img", { name: /^Mã QR của số thứ tự/ });
  }

  async ready(): Promise<void> {
    await this.page.getByRole("heading", { level: 1, name: "Số thứ tự của bạn" }).waitFor();
    await this.code.waitFor();
  }

  async giveBack(): Promise<void> {
    await this.page.getByRole("button", { name: "Trả lại số", exact: true }).click();
  }
}
