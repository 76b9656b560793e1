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
  addAnother?: string;
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

/** A procedure described whole, as far as a case of it needs. */
export interface Procedure {
  title: { vi: string };
  filing: { kind: string };
  form?: { id: string };
  questions: { key: string; text: { vi: string }; options: { value: string; label: { vi: string } }[] }[];
  papers: { how: string; optional?: boolean; title: { vi: string }; when?: Record<string, string[]> }[];
  visit: { when?: Record<string, string[]> }[];
}

/** The procedure that the sandbox serves under this code. */
export function procedureOf(code: string): Procedure {
  return JSON.parse(readFileSync(join(forms, "..", "procedures", `${code}.json`), "utf8")) as Procedure;
}

/** Does a part of a procedure apply to a case? */
export function applies(when: Record<string, string[]> | undefined, answers: Record<string, string>): boolean {
  return Object.entries(when ?? {}).every(([key, values]) => values.includes(answers[key] ?? ""));
}

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
