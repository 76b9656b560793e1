// Copies the pictures that README shows from what the journeys left in target/screens.
import { copyFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const shown = {
  home: "home",
  procedure: "procedure-questions",
  step: "marital-step-2",
  papers: "papers",
  check: "check",
  submit: "submit",
  receipt: "receipt",
  ticket: "ticket",
};
for (const [name, state] of Object.entries(shown)) {
  copyFileSync(join(root, "target", "screens", "phone", `${state}.png`), join(root, "docs", "screens", `${name}.png`));
}
