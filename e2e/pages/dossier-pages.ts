import type { Locator, Page } from "@playwright/test";
import { named } from "./words.ts";

/** Drafts, dossiers, tickets of this person. */
export class MyDossiersPage {
  constructor(private readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto("./ho-so");
    await this.page.getByRole("heading", { level: 1, name: "Hồ sơ của tôi" }).waitFor();
  }

  row(text: string): Locator {
    return this.page.getByRole("listitem").filter({ hasText: text });
  }
}

/** One dossier with its timeline. */
export class DossierPage {
  constructor(private readonly page: Page) {}

  async ready(code: string): Promise<void> {
    await this.page.getByRole("heading", { level: 1, name: code }).waitFor();
  }

  /** The steps of its way so far, newest or oldest first as shown. */
  timeline(): Locator {
    return this.page.getByRole("list", { name: "Quá trình giải quyết" }).getByRole("listitem");
  }

  status(text: string): Locator {
    return this.page.getByRole("main").getByText(text).first();
  }
}

/** Look-up without signing in. */
export class LookUpPage {
  constructor(private readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto("./tra-cuu");
    await this.page.getByRole("heading", { level: 1, name: "Tra cứu hồ sơ" }).waitFor();
  }

  async find(code: string, lastDigits: string): Promise<void> {
    await this.page.getByRole("textbox", { name: named("Mã hồ sơ") }).fill(code);
    await this.page.getByRole("textbox", { name: named("4 số cuối") }).fill(lastDigits);
    await this.page.getByRole("button", { name: "Xem hồ sơ" }).click();
  }
}
