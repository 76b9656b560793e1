// Trunk's post_build hook: turns what Trunk staged into what the strict policy lets run, and compresses it once.
//
//   1. The inline loader is replaced by public/loader.js, as `loader-<hash>.js`; any other inline script, inline style or event attribute fails the build.
//   2. `boot.js` gets a hashed name, `<html data-base>` says under which path the app was built (`PUBLIC_URL=/motcua/ make
//      build`), and every relative address of the page is written from that path: the page answers for deep links too.
//   3. `worker.js` (a classic script that only defines `wasm_bindgen`) gets the line that starts it.
//   4. What reads the scripts of forms is taken out of the large wasm (scripts/split-wasm.mjs): `errand_scripts.wasm` is fetched only where
//      a form has any. Imports get short names (scripts/short-imports.mjs), scripts are minified, and the style of the errand gets a hashed name:
//      it comes with the second wasm, so that the first pages do not wait for it. `front.html` is the page for the addresses of the first
//      wasm: the same, but it names that wasm, so that it is asked for with the page's first letters.
//   5. The tools for people who write forms go into a folder of their own, `dist-tools/`: the same page with another wasm, and the
//      worker that looks through a definition.
//      What is deployed for citizens is `dist/`, which knows nothing of them.
//   6. Every text and wasm file gets `.br` (quality 11) and `.gz` (level 9) beside it.

import { createHash } from "node:crypto";
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { withShortImports } from "./short-imports.mjs";
import { split } from "./split-wasm.mjs";

const staging = process.env.TRUNK_STAGING_DIR;
const base = process.env.TRUNK_PUBLIC_URL ?? "/";
const root = join(import.meta.dirname, "..");
const tools = join(root, "dist-tools");
/** How the files of a wasm end: its glue, itself, and the part that is fetched only where a form has scripts. */
const ENDS = [".js", "_bg.wasm", "_scripts.wasm"];
if (!staging) fail("this runs as Trunk's post_build hook: TRUNK_STAGING_DIR is not set");

const page = join(staging, "index.html");
let html = readFileSync(page, "utf8");
for (const bin of ["errand", "preview"]) takeScriptsOut(bin);
shortenImports();
html = withLoaderAsFile(html);
html = withHashedName(html, "boot.js");
html = withBase(html);
refuseInlineCode(html);
html = withoutBlankLines(html);
writeFileSync(page, html);
writeFront();
startWorker();
minifyScripts(staging);
moveTools();
precompress(staging);
precompress(tools);

/** Moves Trunk's inline `<script type="module">` into a hashed file that is fetched beside the module it imports. */
function withLoaderAsFile(text) {
  const inline = /<script type="module"[^>]*>([\s\S]*?)<\/script>/.exec(text);
  if (!inline) fail("index.html has no inline module script: has Trunk's loader changed?");
  const module = /from '([^']+\.js)'/.exec(inline[1])?.[1];
  if (!module) fail("Trunk's loader does not name its module the way this hook reads it");
  const front = fileName(module).replace(/\.js$/, "");
  const errand = hashedEntry("errand");
  const loader = readFileSync(join(root, "public", "loader.js"), "utf8").replace(/^(\/\/.*\n)+/, "");
  const name = `loader-${createHash("sha256").update(loader).digest("hex").slice(0, 16)}.js`;
  writeFileSync(join(staging, name), loader);
  const tag = `<script type="module" src="${base}${name}"></script>`;
  const page = text.slice(0, inline.index) + tag + text.slice(inline.index + inline[0].length);
  // boot.js asks for the one that the address needs.
  return page
    .replace(/<link rel="(modulepreload|preload)"[^>]*>/g, "")
    .replace(/<html\b/, `<html data-front="${front}" data-errand="${errand}" data-errand-style="${errandStyle()}" data-scripts`);
}

function errandStyle() {
  const { transformSync } = createRequire(join(root, "e2e", "package.json"))("esbuild");
  const path = join(staging, "mot-cua-errand.css");
  const style = transformSync(readFileSync(path, "utf8"), { minify: true, loader: "css", target: "chrome99" }).code;
  rmSync(path);
  const name = `errand-${createHash("sha256").update(style).digest("hex").slice(0, 16)}.css`;
  writeFileSync(join(staging, name), style);
  return name;
}

/** The modules within `forms::script`. Only that module calls into them, itself or drawn into the rules that ask it; it knows if they are there. */
function takeScriptsOut(bin) {
  split({
    wasm: join(staging, `${bin}_bg.wasm`),
    part: join(staging, `${bin}_scripts.wasm`),
    isPart: (name) => /^\$"?<?&?(mut )?forms::script::(?!reads_of_place::)[a-z_]+::(?!h[0-9a-f]{16}$)/.test(name),
    mayCall: (name) => /^\$"?<?&?(mut )?forms::(script|json_logic)::/.test(name),
    tools: join(root, "e2e", "node_modules", ".bin"),
  });
}

/** In every wasm and its glue. */
function shortenImports() {
  for (const name of readdirSync(staging).filter((it) => it.endsWith("_bg.wasm"))) {
    const [wasmFile, glueFile] = [name, name.replace(/_bg\.wasm$/, ".js")].map((it) => join(staging, it));
    const { wasm, glue } = withShortImports(readFileSync(wasmFile), readFileSync(glueFile, "utf8"));
    writeFileSync(wasmFile, wasm);
    writeFileSync(glueFile, glue);
  }
}

/** All wasm but the first are built like workers, without a hash: each gets one, over all of its files. */
function hashedEntry(bin) {
  const ends = ENDS.filter((end) => existsSync(join(staging, bin + end)));
  const hash = createHash("sha256");
  for (const end of ends) hash.update(readFileSync(join(staging, bin + end)));
  const name = `${bin}-${hash.digest("hex").slice(0, 16)}`;
  for (const end of ends) renameSync(join(staging, bin + end), join(staging, name + end));
  return name;
}

/** The page of the first addresses names its wasm itself: on a poor line, boot.js comes and tells it a third of a second later. */
function writeFront() {
  const front = /data-front="([^"]+)"/.exec(html)[1];
  writeFileSync(join(staging, "front.html"), naming(html, `${base}${front}`));
}

/** The page with its wasm among what a browser fetches first. */
function naming(text, wasm, more = "") {
  const early = [
    `<link rel="preload" as="fetch" crossorigin="anonymous" href="${wasm}_bg.wasm">`,
    `<link rel="modulepreload" crossorigin="anonymous" href="${wasm}.js">`,
  ].join("");
  return text.replace("<script", `${early}${more}<script`);
}

/** `preview.html` starts the wasm of the tools where the citizen's page starts the one of the errand. */
function moveTools() {
  const [preview, built] = ["preview", "lint"].map(hashedEntry);
  // A server knows by how a name begins that it is of a worker, which is told what it may do.
  const lint = `worker-${built}`;
  rmSync(tools, { recursive: true, force: true });
  mkdirSync(tools);
  for (const [from, to] of [[preview, preview], [built, lint]]) {
    for (const end of ENDS.filter((end) => existsSync(join(staging, from + end)))) {
      // Not renamed: the staging folder may lie on another disk.
      copyFileSync(join(staging, from + end), join(tools, to + end));
      rmSync(join(staging, from + end));
    }
  }
  appendFileSync(join(tools, `${lint}.js`), starting(`${lint}_bg.wasm`));
  for (const shim of ["preview_loader.js", "lint_loader.js"]) rmSync(join(staging, shim), { force: true });
  const script = minified(readFileSync(join(root, "public", "preview.js"), "utf8"));
  const name = `asked-${createHash("sha256").update(script).digest("hex").slice(0, 16)}.js`;
  writeFileSync(join(tools, name), script);
  const asked = `<script src="${base}tools/${name}"></script>`;
  const entries = `data-errand="tools/${preview}" data-lint="tools/${lint}"`;
  const page = naming(html.replace(/data-errand="[^"]*"/, entries), `${base}tools/${preview}`, asked);
  writeFileSync(join(tools, "preview.html"), withLead(page));
}

/** Says at once what the tool is for, as its wasm will once it has come. */
function withLead(text) {
  const sentences = readFileSync(join(root, "src", "app", "words", "tools.rs"), "utf8");
  const [title, lead] = ["TITLE", "LEAD"].map((name) => new RegExp(`const ${name}: &str =\\s+"([^"<&\\\\]+)";`).exec(sentences)?.[1]);
  const skeleton = /<div class="skeleton"[^>]*>(\s*<div class="skeleton__[^>]*><\/div>)+\s*<\/div>/;
  if (!title || !lead || !skeleton.test(text)) fail("the tool has no title, no lead, or no skeleton in whose place they stand");
  const said = `<div class="frame"><main class="main"><h1 class="page-title">${title}</h1><p class="lead">${lead}</p></main></div>`;
  return text.replace(skeleton, said);
}

/** A file whose name changes with its content may be kept for ever by every cache. */
function withHashedName(text, name) {
  const path = join(staging, name);
  const hash = createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 16);
  const hashed = name.replace(/\.js$/, `-${hash}.js`);
  renameSync(path, join(staging, hashed));
  return text.replaceAll(`"${name}"`, `"${hashed}"`);
}

function withBase(text) {
  if (!/^\/([\w.~-]+\/)*$/.test(base)) fail(`PUBLIC_URL must be a path that begins and ends with "/", not "${base}"`);
  const rooted = text.replace(/\s(src|href)="(?![a-z]+:|\/|#)([^"]+)"/g, (_, name, address) => ` ${name}="${base}${address}"`);
  return rooted.replace(/<html\b[^>]*>/, (tag) => `${tag.slice(0, -1).replace(/\sdata-base="[^"]*"/, "")} data-base="${base}">`);
}

/** What the policy would refuse at run time is refused here, where the developer sees it. */
function refuseInlineCode(text) {
  const bare = text.replace(/<!--[\s\S]*?-->/g, "");
  for (const [, attributes, body] of bare.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
    const data = /type="application\/(ld\+)?json"/.test(attributes);
    if (body.trim() !== "" && !data) fail("index.html holds an inline script, which the policy refuses");
  }
  if (/<style\b/.test(bare)) fail("index.html holds a <style>, which the policy refuses");
  for (const [tag] of bare.matchAll(/<[a-z][^>]*>/g)) {
    if (/\s(style|on[a-z]+)\s*=/.test(tag)) fail(`index.html holds an inline style or handler, which the policy refuses: ${tag}`);
  }
}

/** Trunk leaves a blank line where each of its links stood. */
function withoutBlankLines(text) {
  return text.replace(/\n\s*\n+/g, "\n");
}

function startWorker() {
  const script = join(staging, "worker.js");
  if (!statSync(script, { throwIfNoEntry: false })) return;
  const text = readFileSync(script, "utf8");
  // The query carries the build id the page asked for, so that both files of the worker are of one build.
  const start = starting("worker_bg.wasm", " + self.location.search");
  if (!text.endsWith(start)) writeFileSync(script, `${text}\n${start}`);
  // One file instead of Trunk's shim, which would only import it.
  rmSync(join(staging, "worker_loader.js"), { force: true });
}

/** The line that starts the wasm of a classic script, which only defines `wasm_bindgen`. */
function starting(wasm, query = "") {
  return `wasm_bindgen({ module_or_path: "${wasm}"${query} });\n`;
}

/** wasm-bindgen's glue is written to be read: 2.5 kB of the first load is its blanks and long names. */
function minifyScripts(folder) {
  for (const name of readdirSync(folder).filter((it) => it.endsWith(".js"))) {
    const path = join(folder, name);
    writeFileSync(path, minified(readFileSync(path, "utf8")));
  }
}

function minified(script) {
  const { transformSync } = createRequire(join(root, "e2e", "package.json"))("esbuild");
  return transformSync(script, { minify: true, target: "es2022", legalComments: "none" }).code;
}

function precompress(folder) {
  for (const entry of readdirSync(folder, { recursive: true })) {
    const path = join(folder, entry);
    if (!/\.(html|js|css|wasm|json|svg|webmanifest|txt|map)$/.test(path)) continue;
    const bytes = readFileSync(path);
    const brotli = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    writeFileSync(`${path}.br`, brotli);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

function fileName(path) {
  return path.slice(path.lastIndexOf("/") + 1);
}

function fail(message) {
  process.stderr.write(`finish-build: ${message}\n`);
  process.exit(1);
}
