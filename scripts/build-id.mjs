// Prints the build id: the first 12 hexadecimal digits of a hash over everything the page and its worker are made of.
// A content hash, not a commit: an unrelated commit must not make every phone fetch the worker again.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const hash = createHash("sha256");
for (const name of ["Cargo.lock", "Cargo.toml", "Trunk.toml", "rust-toolchain.toml", "src", "public", "style", "scripts/finish-build.mjs", "scripts/short-imports.mjs", "scripts/split-wasm.mjs"]) {
  for (const path of filesUnder(name)) hash.update(path).update("\0").update(readFileSync(join(root, path))).update("\0");
}
process.stdout.write(`${hash.digest("hex").slice(0, 12)}\n`);

function filesUnder(name) {
  const stat = statSync(join(root, name), { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return [name];
  return readdirSync(join(root, name))
    .sort()
    .filter((entry) => entry !== "tests" && !entry.startsWith("."))
    .flatMap((entry) => filesUnder(join(name, entry)));
}
