import type { Page } from "@playwright/test";
import { named } from "./words.ts";

/** A person as the page asks for one. */
export interface Person {
  fullName: string;
  citizenId?: string;
  phone?: string;
}

/** Whose matter it is, who files it. */
export class WhoPage {
  constructor(private readonly page: Page) {}

  async ready(): Promise<void> {
    await this.page.getByRole("heading", { level: 1, name: "Hồ sơ này của ai?" }).waitFor();
  }

  async forWhom(option: string): Promise<void> {
    await this.page.getByRole("radio", { name: named(option) }).check();
  }

  /** Fills the person under this heading (`Thông tin của bạn`, `Chủ hồ sơ`, `Người nộp hồ sơ`). */
  async person(part: string, person: Person): Promise<void> {
    const group = this.page.getByRole("group", { name: named(part) });
    await group.getByRole("textbox", { name: named("Họ, chữ đệm, tên") }).fill(person.fullName);
    if (person.citizenId !== undefined) {
      await group.getByRole("textbox", { name: named("Số định danh cá nhân") }).fill(person.citizenId);
    }
    if (person.phone !== undefined) {
      await group.getByRole("textbox", { name: named("Số điện thoại") }).fill(person.phone);
    }
  }

  async continue(): Promise<void> {
    await this.page.getByRole("button", { name: "Tiếp tục" }).click();
  }
}
