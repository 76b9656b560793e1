// Builds the page once more with the feature `unsealed` into target/dist-unsealed, for the one journey that shows that
// its search for readable texts would find them. Everything else is the release build in dist/.

import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const out = join(root, "target", "dist-unsealed");
const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });

// Both halves of the page under the names that the page already asks for.
const page = readFileSync(join(root, "dist", "index.html"), "utf8");
const halves = { app: /data-front="([^"]+)"/.exec(page)[1], errand: /data-errand="([^"]+)"/.exec(page)[1] };
const bins = Object.keys(halves).flatMap((bin) => ["--bin", bin]);
run("cargo", "build", "--locked", "--target", "wasm32-unknown-unknown", "--profile", "wasm-release", "-p", "app", ...bins, "--features", "unsealed");
rmSync(out, { recursive: true, force: true });
cpSync(join(root, "dist"), out, { recursive: true });
for (const file of readdirSync(out).filter((it) => /\.(br|gz)$/.test(it))) rmSync(join(out, file));
for (const [bin, name] of Object.entries(halves)) {
  const wasm = join(target, "wasm32-unknown-unknown", "wasm-release", `${bin}.wasm`);
  run("wasm-bindgen", "--target", "web", "--no-typescript", "--out-dir", out, "--out-name", name, wasm);
}
// Nothing is taken out of this one.
for (const name of ["index.html", "front.html"]) {
  writeFileSync(join(out, name), readFileSync(join(root, "dist", name), "utf8").replace(" data-scripts", ""));
}
