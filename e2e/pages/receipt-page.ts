import type { Page } from "@playwright/test";

/** Dossier code, what was received, what happens next. */
export class ReceiptPage {
  constructor(private readonly page: Page) {}

  /** Waits for it; longer where many files go first. */
  async ready(timeout?: number): Promise<void> {
    await this.page.getByRole("heading", { level: 1, name: "Đã nộp hồ sơ" }).waitFor({ timeout });
  }

  /** The dossier code, as `H13.31-261122-0001`. */
  async code(): Promise<string> {
    const text = await this.page.getByRole("main").innerText();
    const code = /[A-Z]\d{2}(?:\.\d{2}){1,2}-\d{6}-\d{4}/.exec(text)?.[0];
    if (!code) throw new Error("the receipt shows no dossier code");
    return code;
  }

  async track(): Promise<void> {
    await this.page.getByRole("link", { name: "Theo dõi hồ sơ" }).click();
  }

  async takeNumber(): Promise<void> {
    await this.page.getByRole("link", { name: "Lấy số thứ tự" }).click();
  }
}
