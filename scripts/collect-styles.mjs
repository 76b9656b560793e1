// Trunk's pre_build hook: joins the files of style/ into two, in an order that does not matter but for the first. What stands in
// style/errand/ comes with the second wasm; all else is needed to find and understand.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const first = "layers.css";
const files = (folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith(".css")).sort().map((name) => join(folder, name));
mkdirSync(join(root, "target"), { recursive: true });
collect("mot-cua.css", [join("style", first), ...files("style").filter((it) => !it.endsWith(first))]);
collect("mot-cua-errand.css", files(join("style", "errand")));

function collect(name, parts) {
  const joined = parts.map((part) => readFileSync(join(root, part), "utf8")).join("\n");
  const target = join(root, "target", name);
  // Written only when it changed: `trunk serve` watches it.
  const before = statSync(target, { throwIfNoEntry: false }) ? readFileSync(target, "utf8") : "";
  if (before !== joined) writeFileSync(target, joined);
}
