// Gives the imports of a wasm short names, and its glue the same.
//
// wasm-bindgen names each import after what it calls and a hash: `__wbg_navigator_c17f443a6fe5d38d`, in both files, with the
// name of the module before each. The hashes do not compress: short names are 5 kB less of the first load.

const IMPORT_SECTION = 2;

/** `{ wasm, glue }` with short names for the functions that the wasm imports from its glue. */
export function withShortImports(wasm, glue) {
  const names = new Map();
  const short = (name) => {
    if (!names.has(name)) names.set(name, `_${names.size.toString(36)}`);
    return names.get(name);
  };
  const rewritten = rewriteImports(wasm, (module, name) => (module.endsWith("_bg.js") || module === "wbg" ? [short(module), short(name)] : [module, name]));
  let text = glue;
  // Longest first, so that no name is replaced inside another.
  for (const [name, replacement] of [...names].sort(([a], [b]) => b.length - a.length)) {
    const written = new RegExp(`(["'])${escaped(name)}\\1|\\b${escaped(name)}\\b`, "g");
    if (!written.test(text)) throw new Error(`the glue does not name the import ${name}`);
    text = text.replace(written, replacement);
  }
  return { wasm: rewritten, glue: text };
}

function escaped(name) {
  return name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/** Copies a wasm with the names of its imports changed. */
function rewriteImports(wasm, rename) {
  const parts = [wasm.subarray(0, 8)];
  let at = 8;
  while (at < wasm.length) {
    const start = at;
    const id = wasm[at];
    const [size, body] = leb(wasm, at + 1);
    at = body + size;
    if (id !== IMPORT_SECTION) {
      parts.push(wasm.subarray(start, at));
      continue;
    }
    const section = importsOf(wasm, body, rename);
    parts.push(Buffer.from([IMPORT_SECTION]), toLeb(section.length), section);
  }
  return Buffer.concat(parts);
}

function importsOf(wasm, body, rename) {
  let [count, at] = leb(wasm, body);
  const parts = [toLeb(count)];
  for (; count > 0; count -= 1) {
    const [module, afterModule] = text(wasm, at);
    const [name, afterName] = text(wasm, afterModule);
    for (const renamed of rename(module, name)) parts.push(toLeb(Buffer.byteLength(renamed)), Buffer.from(renamed));
    at = afterDescription(wasm, afterName);
    parts.push(wasm.subarray(afterName, at));
  }
  return Buffer.concat(parts);
}

/** Where the description of an import ends: function, table, memory or global. */
function afterDescription(wasm, at) {
  const kind = wasm[at];
  const limits = (from) => {
    const [flags, minimum] = leb(wasm, from);
    const [, maximum] = leb(wasm, minimum);
    return flags & 1 ? leb(wasm, maximum)[1] : maximum;
  };
  if (kind === 0) return leb(wasm, at + 1)[1];
  if (kind === 1) return limits(at + 2);
  if (kind === 2) return limits(at + 1);
  if (kind === 3) return at + 3;
  throw new Error(`an import of kind ${kind} is not known`);
}

function text(wasm, at) {
  const [length, start] = leb(wasm, at);
  return [wasm.toString("utf8", start, start + length), start + length];
}

function leb(wasm, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = wasm[at];
    at += 1;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

function toLeb(value) {
  const bytes = [];
  do {
    bytes.push(value % 128 | (value >= 128 ? 128 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return Buffer.from(bytes);
}
