import type { Locator, Page } from "@playwright/test";
import { named } from "./words.ts";

/** What one procedure needs, in one's own case. */
export class ProcedurePage {
  constructor(private readonly page: Page) {}

  async open(code: string): Promise<void> {
    await this.page.goto(`./thu-tuc/${code}`);
  }

  async ready(title: string): Promise<void> {
    await this.page.getByRole("heading", { level: 1, name: title }).waitFor();
  }

  /** Answers one case question. */
  async answer(question: string, option: string): Promise<void> {
    await this.page
      .getByRole("radiogroup", { name: named(question) })
      .getByRole("radio", { name: named(option) })
      .check();
  }

  async seePapers(): Promise<void> {
    await this.page.getByRole("button", { name: "Xem giấy tờ cần có" }).click();
    await this.page.getByRole("heading", { name: "Bạn cần chuẩn bị" }).waitFor();
  }

  /** One paper of the list that the answers selected. */
  paper(name: string): Locator {
    return this.page.getByRole("listitem").filter({ hasText: name });
  }

  async start(): Promise<void> {
    await this.page.getByRole("link", { name: "Bắt đầu khai" }).click();
  }

  async takeNumber(): Promise<void> {
    await this.page.getByRole("link", { name: "Lấy số thứ tự" }).or(this.page.getByRole("button", { name: "Lấy số thứ tự" })).click();
  }
}
