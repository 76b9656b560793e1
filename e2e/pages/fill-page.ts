import type { Locator, Page } from "@playwright/test";
import type { Answer, Component, Definition } from "../support/definition.ts";
import { answered, labelOf, optionLabel } from "../support/definition.ts";
import { choosePlace } from "./place-picker.ts";
import { exactly, named } from "./words.ts";

/** One screen shows one step of the form. */
export class FillPage {
  readonly summary: Locator;
  readonly savedLine: Locator;

  /** `part`: where its fields are looked for; the whole page unless it is a row of a list. */
  constructor(
    private readonly page: Page,
    private readonly part: Page | Locator = page,
  ) {
    this.summary = page.getByRole("alert").filter({ has: page.getByRole("heading", { name: "Có chỗ cần xem lại" }) });
    this.savedLine = page.getByText("Đã lưu trên máy này", { exact: true });
  }

  async ready(step: string): Promise<void> {
    await this.page.getByRole("heading", { level: 1, name: step, exact: true }).waitFor();
  }

  /** A line or a box of text; the beginning of its label will do, where no other begins so. */
  text(label: string | RegExp): Locator {
    return this.part.getByRole("textbox", { name: beginning(label) });
  }

  choice(label: string | RegExp, option: string): Locator {
    const group = this.part.getByRole("radiogroup", { name: beginning(label) });
    return group.getByRole("radio", { name: option, exact: true });
  }

  list(label: string | RegExp): Locator {
    return this.part.getByRole("combobox", { name: beginning(label) });
  }

  async write(label: string | RegExp, text: string): Promise<void> {
    await this.text(label).fill(text);
  }

  async choose(label: string | RegExp, option: string): Promise<void> {
    await this.choice(label, option).check();
  }

  async select(label: string | RegExp, option: string): Promise<void> {
    const [list, box] = [this.list(label), this.text(label)];
    await list.or(box).first().waitFor();
    if ((await list.count()) > 0) await list.selectOption({ label: option });
    // A long list is searched.
    else await choosePlace(box, option, option);
  }

  /** `dd/mm/yyyy`; a day or month of 00 is not known and stays blank. */
  async date(label: string | RegExp, date: string): Promise<void> {
    const [day = "", month = "", year = ""] = date.split("/");
    const group = this.part.getByRole("group", { name: beginning(label) });
    await group.getByRole("textbox", { name: named("Ngày") }).fill(day === "00" ? "" : day);
    await group.getByRole("textbox", { name: named("Tháng") }).fill(month === "00" ? "" : month);
    await group.getByRole("textbox", { name: named("Năm") }).fill(year);
  }

  /** Searches a ward as a person does, chooses it, and writes the street. */
  async address(label: string | RegExp, ward: string, street: string, province?: string): Promise<void> {
    const group = this.part.getByRole("group", { name: beginning(label) });
    if (province !== undefined) {
      await group.getByRole("combobox", { name: named("Tỉnh, thành phố") }).selectOption({ label: province });
    }
    // As people type it: the name without "phường" or "xã".
    const letters = ward.replace(/^(Phường|Xã|Đặc khu) /, "");
    await choosePlace(group.getByRole("textbox", { name: named("Phường, xã, đặc khu") }), letters, ward);
    await group.getByRole("textbox", { name: named("Số nhà, đường") }).fill(street);
  }

  /** Types an address as an old paper has it, and has the ward looked for. What is offered is in `offered`. */
  async oldAddress(label: string | RegExp, address: string): Promise<void> {
    const group = this.part.getByRole("group", { name: beginning(label) });
    const box = group.getByRole("textbox", { name: "Địa chỉ như trên giấy tờ cũ" });
    if (!(await box.isVisible())) await group.getByText("Giấy tờ ghi địa chỉ cũ, trước 01/07/2025?").click();
    await box.fill(address);
    await group.getByRole("button", { name: "Tìm phường, xã hiện nay" }).click();
  }

  /** The places offered for an old address: each says what it is, and where it was or is. */
  offered(label: string | RegExp): Locator {
    return this.part.getByRole("group", { name: beginning(label) }).getByRole("listitem").getByRole("button");
  }

  /** One row of a list, as a part of its own. */
  row(label: string, number: number): FillPage {
    return new FillPage(this.page, this.part.getByRole("group", { name: `${label}, dòng ${number}`, exact: true }));
  }

  async continue(): Promise<void> {
    await this.page.getByRole("button", { name: "Tiếp tục", exact: true }).click();
  }

  /** Waits until what was typed rests on the device. */
  async saved(): Promise<void> {
    await this.savedLine.waitFor();
  }

  /**
   * Fills the whole form, step by step, from an example of answers; `at` is called on each step once it is filled.
   * What is already there (from who one is) is written over.
   */
  async fill(definition: Definition, answers: Answer, at: (step: string) => Promise<void> = async () => {}): Promise<void> {
    for (const panel of definition.components) {
      if (!answered(panel, answers)) continue;
      const title = labelOf(panel);
      await this.ready(title);
      await this.fillStep(panel, answers);
      await at(title);
      await this.continue();
    }
  }

  /** The same until the step with this title shows, which is left as it is. */
  async fillUntil(definition: Definition, answers: Answer, title: string): Promise<void> {
    const before = definition.components.slice(0, definition.components.findIndex((it) => labelOf(it) === title));
    await this.fill({ components: before }, answers);
    await this.ready(title);
  }

  /** Fills the fields of one step that the answers have. */
  async fillStep(panel: Component, answers: Answer): Promise<void> {
    for (const component of panel.components ?? []) await this.fillComponent(component, answers);
  }

  private async fillComponent(component: Component, answers: Answer): Promise<void> {
    if (component.type === "container") {
      const inner = answers[component.key] as Answer | undefined;
      if (inner) for (const child of component.components ?? []) await this.fillComponent(child, inner);
      return;
    }
    const rows = component.type === "datagrid" || component.type === "editgrid";
    if (component.components && !rows) {
      for (const child of component.components) await this.fillComponent(child, answers);
      return;
    }
    const answer = answers[component.key];
    if (answer === undefined) return;
    const label = exactly(labelOf(component));
    switch (component.type) {
      case "radio":
        return this.choose(label, optionLabel(component, String(answer)));
      case "select":
        return this.select(label, optionLabel(component, String(answer)));
      case "day":
        return this.date(label, String(answer));
      case "address": {
        const address = answer as { province: { name: string }; ward: { name: string }; street?: string; former?: string };
        if (address.former === undefined) return this.address(label, address.ward.name, address.street ?? "", address.province.name);
        await this.oldAddress(label, address.former);
        return this.offered(label).filter({ hasText: address.ward.name }).click();
      }
      case "selectboxes":
        return this.tick(label, component, answer as Record<string, boolean>);
      case "datagrid":
      case "editgrid":
        return this.fillRows(component, answer as Answer[]);
      case "checkbox":
        // Its name goes on with the help below it.
        return this.part.getByRole("checkbox", { name: named(labelOf(component)) }).setChecked(Boolean(answer));
      default:
        return this.write(label, String(answer));
    }
  }

  private async tick(label: RegExp, component: Component, answer: Record<string, boolean>): Promise<void> {
    const group = this.part.getByRole("group", { name: label });
    for (const [value, ticked] of Object.entries(answer)) {
      await group.getByRole("checkbox", { name: optionLabel(component, value), exact: true }).setChecked(ticked);
    }
  }

  /** Fills the rows of a list, adding those it has not; a row of an edit grid is kept before the next is begun. */
  private async fillRows(component: Component, rows: Answer[]): Promise<void> {
    const label = labelOf(component);
    const group = this.part.getByRole("group", { name: exactly(label) });
    const add = group.getByRole("button", { name: component.addAnother ?? `Thêm ${label.toLocaleLowerCase("vi")}`, exact: true });
    for (const [at, answers] of rows.entries()) {
      const row = this.row(label, at + 1);
      if (!(await (row.part as Locator).isVisible())) await add.click();
      for (const child of component.components ?? []) await row.fillComponent(child, answers);
      if (component.type === "editgrid") await (row.part as Locator).getByRole("button", { name: "Xong dòng này" }).click();
    }
  }
}

function beginning(label: string | RegExp): RegExp {
  return typeof label === "string" ? named(label) : label;
}
