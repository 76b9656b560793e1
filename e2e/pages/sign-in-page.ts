import type { Page } from "@playwright/test";

/** The backend's page that stands for VNeID: choose a test person. */
export class SignInPage {
  constructor(private readonly page: Page) {}

  /** From our own sign-in page to the backend's. */
  async goTo(): Promise<void> {
    await this.page.getByRole("link", { name: "Đăng nhập bằng VNeID" }).click();
  }

  /** Signs in before anything else. */
  async first(name: string): Promise<void> {
    await this.page.goto("./dang-nhap");
    await this.goTo();
    await this.as(name);
    await this.page.waitForURL((url) => !url.pathname.includes("/auth/"));
  }

  async as(name: string): Promise<void> {
    await this.page.getByRole("button", { name }).click();
  }
}
