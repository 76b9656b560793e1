import type { Locator, Page } from "@playwright/test";
import { named } from "./words.ts";

/** The papers: pick or photograph, see what is wrong at once. */
export class PapersPage {
  constructor(private readonly page: Page) {}

  async ready(): Promise<void> {
    await this.page.getByRole("heading", { level: 1, name: "Giấy tờ kèm theo" }).waitFor();
  }

  /** The part of the page about one paper. */
  paper(name: string): Locator {
    return this.page.getByRole("group", { name: named(name) }).or(this.page.getByRole("region", { name: named(name) }));
  }

  /** Gives files for a paper, as the system's file chooser would. */
  async give(paper: string, ...files: string[]): Promise<void> {
    await this.paper(paper).getByLabel("Chọn ảnh hoặc tệp").setInputFiles(files);
  }

  /** Gives a file that is nowhere on the disk. */
  async giveMade(paper: string, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.paper(paper).getByLabel("Chọn ảnh hoặc tệp").setInputFiles(file);
  }

  /** Waits until so many files of a paper were taken, whether or not there is something to look at. */
  async accepted(paper: string, files = 1): Promise<void> {
    await this.paper(paper).getByText(/^(Đạt|Cần xem lại), /).nth(files - 1).waitFor({ timeout: 60_000 });
  }

  /** Waits until the server has so many files of a paper. */
  async sent(paper: string, files = 1): Promise<void> {
    await this.paper(paper).getByText(/^Đã gửi xong/).nth(files - 1).waitFor({ timeout: 60_000 });
  }

  /** Waits until something of a file of a paper is at the server, and more is to come. */
  async underWay(paper: string): Promise<void> {
    await this.paper(paper).getByText(/^Đã gửi [1-9][^ ]* k?B trên/).first().waitFor({ timeout: 30_000 });
  }

  async pauseSending(): Promise<void> {
    await this.page.getByRole("button", { name: "Tạm dừng" }).click();
  }

  async goOnSending(): Promise<void> {
    await this.page.getByRole("button", { name: "Gửi tiếp" }).click();
  }

  /** Takes every file of a paper away. */
  async removeAll(paper: string): Promise<void> {
    const buttons = this.paper(paper).getByRole("button", { name: named("Bỏ tệp") });
    for (let left = await buttons.count(); left > 0; left -= 1) {
      await buttons.first().click();
      await buttons.nth(left - 1).waitFor({ state: "detached" });
    }
  }

  async remove(paper: string, file: string): Promise<void> {
    await this.paper(paper).getByRole("button", { name: named(`Bỏ tệp ${file}`) }).click();
  }

  /** Says of every picture with a warning that it is used all the same. */
  async useAllTheSame(): Promise<void> {
    const buttons = this.page.getByRole("button", { name: "Vẫn dùng ảnh này", exact: true });
    for (let left = await buttons.count(); left > 0; left -= 1) {
      await buttons.first().click();
      await buttons.nth(left - 1).waitFor({ state: "detached" });
    }
  }

  async continue(): Promise<void> {
    await this.page.getByRole("button", { name: "Tiếp tục", exact: true }).click();
  }
}
