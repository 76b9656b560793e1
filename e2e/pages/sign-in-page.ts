import type { Page } from "@playwright/test";

/** The backend's page that stands for VNeID: choose a test person. */
export class SignInPage {
  constructor(private readonly page: Page) {}

  async as(name: string): Promise<void> {
    await this.page.getByRole("button", { name }).click();
  }
}
