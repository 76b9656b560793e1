import type { Locator, Page } from "@playwright/test";

/** `/tools/preview`, for people who write forms: a definition, its findings, the live form. */
export class PreviewPage {
  readonly definition: Locator;
  readonly form: Locator;
  readonly findings: Locator;
  /** What keeps the definition from being read. */
  readonly refused: Locator;
  /** What is odd in it. */
  readonly oddities: Locator;

  constructor(private readonly page: Page) {
    this.definition = page.getByRole("textbox", { name: "Định nghĩa (JSON)" });
    this.form = page.getByRole("region", { name: "Biểu mẫu", exact: true });
    this.findings = page.getByRole("region", { name: "Nhận xét về định nghĩa" });
    this.refused = this.findings.getByRole("list", { name: "Chỗ cần sửa" }).getByRole("listitem");
    this.oddities = this.findings.getByRole("list", { name: "Chỗ nên xem lại" }).getByRole("listitem");
  }

  async open(): Promise<void> {
    await this.page.goto("/tools/preview");
    await this.definition.waitFor();
  }

  /** Pastes a definition and waits for what becomes of it. */
  async show(text: string): Promise<void> {
    // A display that nobody has: its finding tells the old definition from the new one.
    const other = this.findings.getByText("display: unknownDisplay");
    await this.paste('{"display":"other","components":[]}');
    await other.waitFor();
    await this.paste(text);
    await other.waitFor({ state: "detached" });
    // What reads scripts may have to be fetched first.
    await this.findings.waitFor();
  }

  /** Writes into every text box of the form, chooses in every list, and has the answers checked. */
  async useAll(text: string): Promise<void> {
    const boxes = this.form.getByRole("textbox");
    for (let at = 0; at < (await boxes.count()); at += 1) await boxes.nth(at).fill(text);
    const lists = this.form.getByRole("combobox");
    for (let at = 0; at < (await lists.count()); at += 1) await lists.nth(at).selectOption({ index: 1 });
    await this.form.getByRole("button", { name: "Kiểm tra câu trả lời" }).click();
  }

  /** Pastes a definition. */
  async paste(text: string): Promise<void> {
    await this.definition.fill(text);
    // The largest definitions take a cheap machine a while.
    await this.page.getByRole("button", { name: "Hiện biểu mẫu" }).click({ timeout: 60_000 });
  }
}
