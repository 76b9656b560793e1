// Builds the page once more with the feature `unsealed` into target/dist-unsealed, for the one journey that shows that
// its search for readable texts would find them. Everything else is the release build in dist/.

import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const out = join(root, "target", "dist-unsealed");
const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });

run("cargo", "build", "--locked", "--target", "wasm32-unknown-unknown", "--profile", "wasm-release", "-p", "app", "--bin", "app", "--features", "app/unsealed");
rmSync(out, { recursive: true, force: true });
cpSync(join(root, "dist"), out, { recursive: true });
const loader = readdirSync(out).find((name) => /^loader-.*\.js$/.test(name));
const [, name] = /from "\.\/(app-[^"]+)\.js"/.exec(readFileSync(join(out, loader), "utf8"));
for (const file of readdirSync(out).filter((it) => /\.(br|gz)$/.test(it))) rmSync(join(out, file));
run("wasm-bindgen", "--target", "web", "--no-typescript", "--out-dir", out, "--out-name", name, join(target, "wasm32-unknown-unknown", "wasm-release", "app.wasm"));
// The preloads carry the hashes of the sealed build.
const page = join(out, "index.html");
writeFileSync(page, readFileSync(page, "utf8").replace(/<link rel="(module)?preload"[^>]*>/g, ""));
