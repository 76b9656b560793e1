import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.ts";

/** A component of a Form.io definition, as far as filling it needs. */
export interface Component {
  type: string;
  key: string;
  label?: string;
  title?: string;
  components?: Component[];
  values?: { value: string; label: string }[];
  data?: { values?: { value: string; label: string }[] };
}

/** A Form.io definition of one step per panel. */
export interface Definition {
  components: Component[];
}

/** Answers by key. */
export interface Answer {
  [key: string]: unknown;
}

const forms = join(root, "e2e", "sandbox", "data", "forms");

/** The definition that the sandbox serves, and its example of complete answers. */
export function formWithAnswers(id: string): { definition: Definition; answers: Answer } {
  return {
    definition: JSON.parse(readFileSync(join(forms, `${id}.v1.json`), "utf8")) as Definition,
    answers: JSON.parse(readFileSync(join(forms, "answers", `${id}.valid.json`), "utf8")) as Answer,
  };
}

/** Is any field of it answered? A panel that is hidden in this case has none. */
export function answered(component: Component, answers: Answer): boolean {
  return (component.components ?? []).some((child) => answers[child.key] !== undefined || answered(child, answers));
}

/** What a person reads beside it. */
export function labelOf(component: Component): string {
  return component.title ?? component.label ?? component.key;
}

/** What a person reads for one value. */
export function optionLabel(component: Component, value: string): string {
  const option = (component.values ?? component.data?.values ?? []).find((it) => it.value === value);
  if (!option) throw new Error(`${component.key} has no option ${value}`);
  return option.label;
}
