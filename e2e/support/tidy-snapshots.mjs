// Takes addresses that hold an id of this run (draft, dossier, ticket, the way back after signing in) out of the recorded
// accessibility trees; the rest of a tree stays as Playwright wrote it.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..", "snapshots");
const ofThisRun = /^\s*- \/url: .*(\/(lam|bien-nhan|so|ho-so)\/|[?&](ve|ho-so|return)=|#ey)/;

for (const name of readdirSync(folder, { recursive: true }).filter((it) => it.endsWith(".yml"))) {
  const path = join(folder, name);
  const lines = readFileSync(path, "utf8").split("\n");
  const kept = lines.filter((line) => !ofThisRun.test(line));
  const tidy = kept.map((line, index) => {
    const next = kept[index + 1] ?? "";
    const childless = line.endsWith(":") && indent(next) <= indent(line);
    return childless ? line.slice(0, -1) : line;
  });
  writeFileSync(path, tidy.join("\n"));
}

function indent(line) {
  return line.length - line.trimStart().length;
}
