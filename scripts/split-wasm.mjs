// Takes a part out of a wasm, into a file that is fetched where it is needed.
//
// The wasm was optimised whole and kept the names of its functions. What moves is every function whose name `isPart` knows and that
// stands in no table, and what only those call. A stub stays in the place of each that is called from outside: it calls through a place
// at the end of the table, which the part fills when it comes. Memory, table and whatever else the part calls it takes from the wasm.
//
// Nothing may call a stub before. Only functions of the same Rust module may call one (`mayCall`), so that module alone has to see to it;
// the compiler could have merged two functions that happen to be equal, and the build fails if one of them went with the part.

import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";

const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()]+)`;
const FEATURES = ["bulk-memory", "mutable-globals", "multivalue", "nontrapping-float-to-int", "reference-types", "sign-ext"].map(
  (it) => `--enable-${it}`,
);

/** Writes what stays back to `wasm`, and what moves to `part`. `tools` is the folder of Binaryen's programs. */
export function split({ wasm, part, isPart, mayCall, tools }) {
  const text = `${wasm}.wat`;
  execFileSync(`${tools}/wasm-dis`, [...FEATURES, wasm, "-o", text]);
  const { stays, moves } = divided(itemsOf(readFileSync(text, "utf8")), isPart, mayCall);
  for (const [file, items] of [[wasm, stays], [part, moves]]) {
    writeFileSync(text, `(module\n${items.join("\n")}\n)\n`);
    // No names are asked for, so none are written.
    execFileSync(`${tools}/wasm-opt`, [...FEATURES, "--remove-unused-module-elements", text, "-o", file]);
  }
  rmSync(text);
}

/** What a module is made of, in order: Binaryen begins each with one blank. */
function itemsOf(text) {
  const items = [];
  for (const line of text.split("\n").slice(1)) {
    if (line.startsWith(" (")) items.push(line);
    else if (line.startsWith("  ") || line === " )") items[items.length - 1] += `\n${line}`;
  }
  return items.map((text) => {
    const kind = /^ \((\w+)/.exec(text)[1];
    const isFunction = kind === "func" || (kind === "import" && /^ \(import "[^"]*" "[^"]*" \(func /.test(text));
    const name = new RegExp(isFunction ? `\\(func (${NAME})` : `^ \\(\\w+ (${NAME})`).exec(text)?.[1];
    return { kind, isFunction, name, text };
  });
}

function divided(items, isPart, mayCall) {
  const functions = new Map(items.filter((it) => it.isFunction).map((it) => [it.name, it]));
  const table = only(items, /^ \(table (\S+) (\d+) \d+ funcref\)$/);
  const inTable = items.filter((it) => it.kind === "elem").flatMap((it) => namesIn(it.text.slice(it.text.indexOf(" func "))));
  const exported = items.flatMap((it) => (it.kind === "export" ? new RegExp(`\\(func (${NAME})\\)`).exec(it.text)?.[1] ?? [] : []));
  const calls = new Map([...functions.values()].map((it) => [it.name, callsIn(it)]));

  const tabled = new Set(inTable);
  const named = (name) => !tabled.has(name) && functions.get(name).kind === "func" && isPart(name);
  const kept = new Set([...tabled, ...exported, ...items.filter((it) => it.kind === "start").map((it) => it.name)]);
  for (const name of kept) for (const called of calls.get(name)) if (!named(called)) kept.add(called);
  const moved = new Set([...functions.keys()].filter((name) => !kept.has(name) && functions.get(name).kind === "func"));
  if (![...moved].some(isPart)) throw new Error("nothing of the wasm goes with the part: have its functions other names?");

  const doors = new Set();
  for (const name of kept) {
    for (const called of calls.get(name)) {
      if (!moved.has(called)) continue;
      if (!mayCall(name)) throw new Error(`${name} calls ${called}, which goes with the part`);
      doors.add(called);
    }
  }
  const lent = new Set([...moved].flatMap((name) => [...calls.get(name)]).filter((name) => !moved.has(name)));
  const [, tableName, size] = table;
  const grown = Number(size) + doors.size;
  const place = new Map([...doors].map((name, at) => [name, Number(size) + at]));
  const mutable = items.filter((it) => it.kind === "global" && /\(mut /.test(it.text));
  const lentName = new Map([...lent].map((name, at) => [name, `_${at.toString(36)}`]));

  const stays = items.flatMap((it) => {
    if (it.kind === "table" && it.name === tableName) return ` (table ${tableName} ${grown} ${grown} funcref)`;
    if (!moved.has(it.name) || !it.isFunction) return it.text;
    return doors.has(it.name) ? stub(it, tableName, place.get(it.name)) : [];
  });
  stays.push(
    ` (export "_table" (table ${tableName}))`,
    ...mutable.map((it, at) => ` (export "_global${at}" (global ${it.name}))`),
    ...[...lentName].map(([name, short]) => ` (export "${short}" (func ${name}))`),
  );

  const from = (name, what) => ` (import "main" "${name}" (${what}))`;
  const [, memory, pages] = only(items, /^ \(memory (\S+) (\d+)\)$/);
  const moves = [
    ...items.filter((it) => it.kind === "type").map((it) => it.text),
    from("memory", `memory ${memory} ${pages}`),
    from("_table", `table ${tableName} ${grown} ${grown} funcref`),
    ...mutable.map((it, at) => from(`_global${at}`, `global ${it.name} ${/\(mut \w+\)/.exec(it.text)[0]}`)),
    ...[...lentName].map(([name, short]) => from(short, `func ${name} ${signature(functions.get(name)).written}`)),
    ...items.filter((it) => it.kind === "global" && !mutable.includes(it)).map((it) => it.text),
    ` (elem (table ${tableName}) (i32.const ${size}) func ${[...doors].join(" ")})`,
    ...items.filter((it) => it.isFunction && moved.has(it.name)).map((it) => it.text),
  ];
  return { stays, moves };
}

function only(items, shape) {
  const found = items.map((it) => shape.exec(it.text)).filter(Boolean);
  if (found.length !== 1) throw new Error(`the wasm has ${found.length} of ${shape}, not one`);
  return found[0];
}

function namesIn(text) {
  return text.match(new RegExp(NAME, "g")) ?? [];
}

/** The functions that a function names. */
function callsIn({ kind, text }) {
  if (kind === "import") return new Set();
  return new Set([...text.matchAll(new RegExp(`\\((?:return_call|call|ref\\.func) (${NAME})`, "g"))].map((it) => it[1]));
}

/** Parameters and result, as the first line of a function or an import tells them. */
function signature({ name, text }) {
  const line = text.split("\n", 1)[0];
  const rest = line.slice(line.indexOf(name) + name.length);
  const parameters = [...rest.matchAll(/\(param (?:\$\S+ )?([^)]*)\)/g)].flatMap((it) => it[1].split(" "));
  const result = /\(result [^)]*\)/.exec(rest)?.[0] ?? "";
  return { parameters, written: `${parameters.map((it) => `(param ${it})`).join(" ")} ${result}` };
}

/** Calls what the table has at this place with the same arguments. */
function stub(item, table, place) {
  const { parameters, written } = signature(item);
  const passed = parameters.map((_, at) => `(local.get ${at})`).join(" ");
  return ` (func ${item.name} ${written} (call_indirect ${table} ${written} ${passed} (i32.const ${place})))`;
}
