// Trunk's pre_build hook: joins style/*.css into target/mot-cua.css, `layers.css` first.
// The `@layer` line at its head fixes the order of the layers, so the order of the other files does not matter.

import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const first = "layers.css";
const names = readdirSync(join(root, "style"), { recursive: true })
  .filter((name) => name.endsWith(".css") && name !== first)
  .sort();
const joined = [first, ...names].map((name) => readFileSync(join(root, "style", name), "utf8")).join("\n");

const target = join(root, "target", "mot-cua.css");
mkdirSync(join(root, "target"), { recursive: true });
// Written only when it changed: `trunk serve` watches it.
const before = statSync(target, { throwIfNoEntry: false }) ? readFileSync(target, "utf8") : "";
if (before !== joined) writeFileSync(target, joined);
