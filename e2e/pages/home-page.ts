import type { Locator, Page } from "@playwright/test";

/** Search first, life events, groups, what was begun. */
export class HomePage {
  readonly searchBox: Locator;
  readonly results: Locator;

  constructor(private readonly page: Page) {
    this.searchBox = page.getByRole("searchbox", { name: "Tìm thủ tục" });
    this.results = page.getByRole("list").getByRole("listitem").filter({ has: page.getByRole("link") });
  }

  async open(): Promise<void> {
    await this.page.goto("./");
    await this.ready();
  }

  async ready(): Promise<void> {
    await this.page.getByRole("heading", { level: 1, name: "Bạn cần làm việc gì?" }).waitFor();
    await this.page.getByRole("heading", { name: "Chọn theo lĩnh vực" }).waitFor();
  }

  /** Types into the search box, key by key, as a person does. */
  async search(words: string): Promise<void> {
    await this.searchBox.click();
    await this.searchBox.pressSequentially(words);
  }

  /** A result by the beginning of its plain title. */
  result(title: string): Locator {
    return this.page.getByRole("main").getByRole("link", { name: title });
  }

  async choose(title: string): Promise<void> {
    await this.result(title).first().click();
  }

  /** A filling that was left off. */
  begun(title: string): Locator {
    return this.page.getByRole("main").getByRole("link", { name: title }).filter({ hasText: "Làm tiếp" });
  }
}
