import type { Locator, Page } from "@playwright/test";
import { choosePlace } from "./place-picker.ts";
import { named } from "./words.ts";

/** Declare and submit. */
export class SubmitPage {
  constructor(private readonly page: Page) {}

  async ready(): Promise<void> {
    await this.page.getByRole("heading", { level: 1, name: "Nộp hồ sơ" }).waitFor();
  }

  async collect(how: string): Promise<void> {
    await this.page.getByRole("radiogroup", { name: named("Cách nhận kết quả") }).getByRole("radio", { name: named(how) }).check();
  }

  /** Where the result is collected in person. */
  async collectAt(search: string, name: string): Promise<void> {
    // The first picker of the page is where one files.
    await choosePlace(this.page.getByRole("textbox", { name: named("Trung tâm bạn sẽ đến lấy kết quả") }), search, name);
  }

  /** Where the result is sent. */
  async collectBy(address: string): Promise<void> {
    await this.page.getByRole("textbox", { name: named("Địa chỉ nhận thư") }).fill(address);
  }

  async declare(): Promise<void> {
    await this.page.getByRole("checkbox", { name: /cam đoan|chịu trách nhiệm/ }).check();
  }

  /** Asks that the papers stay on the phone. */
  async keepPapers(): Promise<void> {
    await this.page.getByRole("checkbox", { name: /^Giữ giấy tờ của hồ sơ này/ }).check();
  }

  async signIn(): Promise<void> {
    await this.page.getByRole("button", { name: "Đăng nhập để nộp" }).click();
  }

  async send(): Promise<void> {
    await this.button().click();
  }

  /** Puts the pointer down on the button, and leaves it there. */
  async press(): Promise<void> {
    await this.button().hover();
    await this.page.mouse.down();
  }

  private button(): Locator {
    return this.page.getByRole("button", { name: "Nộp hồ sơ", exact: true });
  }
}
