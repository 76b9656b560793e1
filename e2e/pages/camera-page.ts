import type { Locator, Page } from "@playwright/test";
import { named } from "./words.ts";

/** The camera in the page: aim, take, look, keep. */
export class CameraPage {
  readonly dialog: Locator;
  readonly says: Locator;
  readonly shutter: Locator;
  readonly picture: Locator;
  readonly lamp: Locator;
  readonly turn: Locator;

  constructor(private readonly page: Page) {
    this.dialog = page.getByRole("dialog");
    this.says = this.dialog.getByRole("status");
    this.shutter = this.dialog.getByRole("button", { name: "Chụp ảnh" });
    this.picture = this.dialog.getByRole("img", { name: "Ảnh vừa chụp" });
    this.lamp = this.dialog.getByRole("button", { name: "Đèn" });
    this.turn = this.dialog.getByRole("button", { name: "Đổi máy ảnh" });
  }

  async open(paper: string): Promise<void> {
    await this.page.getByRole("region", { name: named(paper) }).getByRole("button", { name: named("Chụp ảnh") }).click();
    await this.dialog.waitFor();
  }

  /** Waits for this word on what is seen. */
  async until(says: string): Promise<void> {
    await this.says.filter({ hasText: says }).waitFor({ timeout: 30_000 });
  }

  async take(): Promise<void> {
    await this.shutter.click();
    await this.picture.waitFor();
  }

  async again(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Chụp lại" }).click();
    await this.picture.waitFor({ state: "detached" });
  }

  async keep(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Dùng ảnh này" }).click();
    await this.dialog.waitFor({ state: "detached" });
  }

  async close(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Đóng" }).click();
    await this.dialog.waitFor({ state: "detached" });
  }
}
