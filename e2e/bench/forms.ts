// Forms against the peer, `@formio/js`, on the same definitions in the same run: our `/tools/preview` from the sandbox,
// the peer's own bundle from a static server; both in brotli, on one page, with all inputs in the document.
//
//   rendered  from the definition in the page's hands (a mark on both sides) to the first frame painted with the last field
//             in it, 4x CPU
//   usable    from the navigation to the first key in the last field that reaches the model, Slow 4G and 4x CPU
//   key       CDP TaskDuration over 30 keys (fewer where they take more than a minute) 300 ms apart in a field in the middle, 4x CPU, by the key
//   painted   from a key in the last field to the first frame with the field that depends on it, 4x CPU, p95 of 30
//   memory    JavaScript heap after a collection, and WebAssembly memory

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { brotliCompressSync } from "node:zlib";
import { test } from "@playwright/test";
import type { Browser, BrowserContext, CDPSession, Page } from "@playwright/test";
import { root } from "../support/paths.ts";
import { Sandbox } from "../support/sandbox.ts";
import type { Case } from "./definitions.ts";
import { CASES } from "./definitions.ts";
import { FileServer } from "./files.ts";
import { median, percentile } from "./numbers.ts";
import { Report } from "./report.ts";
import { slowCpu, slowLine } from "./throttle.ts";

const KEYS = 30;
const KEY_INTERVAL_MS = 300;
/** Loads of the usual form on each side, of which the middle one counts. */
const USUAL_LOADS = 5;
/** After so long no more keys are typed: the peer may take minutes for one. */
const TYPING_MS = 60_000;
/** How long a form may take to appear before it counts as not usable. */
const PATIENCE_MS = 240_000;

/** One of the two that are compared. */
interface Side {
  name: "ours" | "peer";
  address: (file: string) => string;
  /** CSS selector of the input of the field at a path. */
  input: (path: string) => string;
}

/** What was measured of one form on one side. */
interface Measured {
  rendered: number;
  usable: number;
  key: number;
  painted: number;
  memory: number;
  details: Record<string, unknown>;
}

/** What the page itself keeps of the measurement. */
interface Watch {
  rendered?: number;
  usable?: number;
  painted: number[];
  memories: WebAssembly.Memory[];
}

interface Visit {
  page: Page;
  context: BrowserContext;
  cdp: CDPSession;
}

const report = new Report("forms");
const tools = join(root, "dist-tools");
let browser: Browser;
let sandbox: Sandbox;
let peer: FileServer;

test.describe.configure({ mode: "default" });

test.beforeAll(async ({ browser: launched }) => {
  browser = launched;
  sandbox = await Sandbox.start();
  const bundle = join(import.meta.dirname, "node_modules", "@formio", "js", "dist");
  const files: Record<string, Buffer> = {};
  for (const name of ["index.html", "peer.js"]) files[name] = readFileSync(join(import.meta.dirname, "peer", name));
  for (const name of ["formio.form.min.js", "formio.form.min.css"]) files[name] = readFileSync(join(bundle, name));
  mkdirSync(tools, { recursive: true });
  for (const { file, definition } of Object.values(CASES)) {
    const bytes = Buffer.from(JSON.stringify(definition));
    files[file] = bytes;
    writeFileSync(join(tools, file), bytes);
    writeFileSync(join(tools, `${file}.br`), brotliCompressSync(bytes));
  }
  // Ours says early what it fetches; so does this one.
  const early = [
    "<formio.form.min.js>; rel=preload; as=script",
    "<formio.form.min.css>; rel=preload; as=style",
    "<peer.js>; rel=modulepreload",
  ];
  peer = await FileServer.start(files, { "index.html": early.join(", ") });
});

test.afterAll(async () => {
  for (const { file } of Object.values(CASES)) for (const end of ["", ".br"]) rmSync(join(tools, file + end), { force: true });
  await sandbox.stop();
  await peer.stop();
});

let usual: Measured | undefined;

test("120 fields", async () => {
  // In turn: a shared machine is faster or slower by the minute, for both sides.
  const loads = { ours: new Loads(), peer: new Loads() };
  for (let run = 0; run < USUAL_LOADS; run += 1) {
    await loads.ours.add(us(), CASES.usual);
    await loads.peer.add(them(), CASES.usual);
  }
  usual = await ours(CASES.usual, loads.ours);
  await beside(CASES.usual, usual, { usable: 0.5, rendered: 0.15, key: 0.15 }, loads.peer);
});

test("1,000 fields", async () => {
  const large = await ours(CASES.large);
  if (usual) report.line("ours: a key at 1,000 fields by a key at 120", large.key / usual.key, "x", 1.5);
  await beside(CASES.large, large, {});
});

test("200 rows of 20", async () => {
  await beside(CASES.grid, await ours(CASES.grid), {});
});

function us(): Side {
  return {
    name: "ours",
    address: (file) => `${sandbox.url}/tools/preview?definition=tools/${file}`,
    input: (path) => `#f-${path.replace(/[^\p{Alphabetic}\p{N}_]/gu, "-")}`,
  };
}

function them(): Side {
  return {
    name: "peer",
    address: (file) => `${peer.url}/index.html?definition=${file}`,
    input: (path) => `[name="data[${path.replace(/\]/g, "").split(/[.[]/).join("][")}]"]`,
  };
}

/** Times of loading one form on one side, and of typing in it. */
class Loads {
  readonly usable: number[] = [];
  readonly rendered: number[] = [];
  readonly key: number[] = [];
  readonly idle: number[] = [];

  /** Loads it twice, on a slow line and on a fast one, and types in the second. */
  async add(side: Side, form: Case): Promise<void> {
    const slow = await opened(side, form, true);
    this.usable.push((await watchOf(slow.page)).usable ?? Number.NaN);
    await slow.context.close();
    const fast = await opened(side, form, false);
    this.rendered.push((await watchOf(fast.page)).rendered ?? Number.NaN);
    const { key, idle } = await keyCost(fast.page, fast.cdp, side.input(form.typed));
    this.key.push(key);
    this.idle.push(idle);
    await fast.context.close();
  }
}

/** Everything of one form on one side; times of loading and of a key are the middle of the loads. */
async function measured(side: Side, form: Case, loads: Loads): Promise<Measured> {
  if (loads.usable.length === 0) await loads.add(side, form);
  const { usable, rendered, key, idle } = loads;
  const { page, context, cdp } = await opened(side, form, false);
  const memory = await memoryOf(page, cdp);
  const painted = await paintedDependants(page, side, form);
  await context.close();
  return {
    usable: median(usable),
    rendered: median(rendered),
    key: median(key),
    painted: percentile(painted, 0.95),
    memory: memory.heap + memory.wasm,
    details: { usable, rendered, key, idle, painted, memory },
  };
}

/** The peer may not show a large form at all: then ours is beside the time it was given. */
function notInTime(error: unknown): undefined {
  if (!(error instanceof NotInTime)) throw error;
  return undefined;
}

/** A form that did not appear within `PATIENCE_MS`. */
class NotInTime extends Error {}

/** The form with its last field in the document; with `poor`, once a key in it has reached the model. */
async function opened(side: Side, form: Case, poor: boolean): Promise<Visit> {
  const context = await browser.newContext({
    serviceWorkers: "block",
    viewport: { width: 360, height: 780 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    locale: "vi-VN",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const cdp = await context.newCDPSession(page);
  await page.addInitScript(watch, {
    last: side.input(form.last),
    dependant: side.input(form.dependant),
    waitsForReady: side.name === "peer",
    types: poor,
  });
  if (poor) await slowLine(cdp);
  await slowCpu(cdp);
  await page.goto(side.address(form.file), { waitUntil: "commit" });
  const done = poor ? "usable" : "rendered";
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    // A page that is busy for minutes does not answer at all.
    const late = pause(Math.max(0, deadline - Date.now()), undefined);
    const seen = await Promise.race([watchOf(page), late]);
    if (seen?.[done] !== undefined) break;
    if (Date.now() >= deadline) {
      await Promise.race([context.close(), pause(10_000)]);
      throw new NotInTime(`${side.name}, ${form.name}: not ${done} in ${PATIENCE_MS} ms`);
    }
    await pause(200);
  }
  // What a side still does after it is usable belongs to loading, not to the first key.
  await pause(1_500);
  return { page, context, cdp };
}

/** Runs in the page, before anything of it. */
function watch(wanted: { last: string; dependant: string; waitsForReady: boolean; types: boolean }): void {
  const kept: Watch = { painted: [], memories: [] };
  Object.assign(window, { measured: kept });
  const remembering =
    <A extends unknown[], M extends WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource>(make: (...all: A) => Promise<M>) =>
    async (...all: A): Promise<M> => {
      const made = await make.apply(WebAssembly, all);
      const { exports } = "instance" in made ? made.instance : made;
      kept.memories.push(...Object.values(exports).filter((it) => it instanceof WebAssembly.Memory));
      return made;
    };
  Object.assign(WebAssembly, {
    instantiate: remembering(WebAssembly.instantiate),
    instantiateStreaming: remembering(WebAssembly.instantiateStreaming),
  });
  const painted = (tell: (now: number) => void): void => {
    requestAnimationFrame(() => setTimeout(() => tell(performance.now())));
  };
  const find = (selector: string): HTMLInputElement | null => document.querySelector<HTMLInputElement>(selector);
  const type = (input: HTMLInputElement): void => {
    input.focus();
    input.value = "x";
    const began = performance.now();
    input.dispatchEvent(new InputEvent("input", { bubbles: true, data: "x", inputType: "insertText" }));
    setTimeout(() => {
      const until = began + 5_000;
      const look = (): void => {
        if (find(wanted.dependant)) kept.usable = began;
        else if (performance.now() < until) setTimeout(look, 20);
        else type(input);
      };
      look();
    });
  };
  const look = (): void => {
    const input = find(wanted.last);
    if (!input || (wanted.waitsForReady && !("ready" in window))) {
      requestAnimationFrame(look);
      return;
    }
    // This is the callback of a frame that has the field in it: a timer runs once that frame is painted.
    setTimeout(() => {
      kept.rendered = performance.now() - (performance.getEntriesByName("definition", "mark").at(0)?.startTime ?? Number.NaN);
      if (wanted.types) type(input);
    });
  };
  requestAnimationFrame(look);

  let pressed = 0;
  let shown = false;
  addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver(() => {
      const now = find(wanted.dependant) !== null;
      if (now === shown) return;
      shown = now;
      const began = pressed;
      painted((frame) => began > 0 && kept.painted.push(frame - began));
    }).observe(document.documentElement, { childList: true, subtree: true });
  });
}

async function watchOf(page: Page): Promise<Watch> {
  return page.evaluate(() => (window as unknown as { measured: Watch }).measured);
}

/** Main-thread time of a key, and of as long a wait without one. */
async function keyCost(page: Page, cdp: CDPSession, input: string): Promise<{ key: number; idle: number }> {
  await cdp.send("Performance.enable");
  await page.focus(input);
  await pause(1_000);
  const quiet = await taskMilliseconds(cdp);
  await pause(10 * KEY_INTERVAL_MS);
  const before = await taskMilliseconds(cdp);
  const end = Date.now() + TYPING_MS;
  let typed = 0;
  for (; typed < KEYS && Date.now() < end; typed += 1) {
    await page.keyboard.press("abcdefghij".charAt(typed % 10));
    await pause(KEY_INTERVAL_MS);
  }
  const after = await taskMilliseconds(cdp);
  return { key: (after - before) / typed, idle: (before - quiet) / 10 };
}

/** Each `x` shows the dependant, each backspace hides it. A key that the peer does not answer counts as the time it was given. */
async function paintedDependants(page: Page, side: Side, form: Case): Promise<number[]> {
  const input = side.input(form.last);
  await page.focus(input);
  await pause(500);
  await page.evaluate(() => ((window as unknown as { measured: Watch }).measured.painted = []));
  const end = Date.now() + TYPING_MS;
  let typed = 0;
  for (; typed < KEYS && Date.now() < end; typed += 1) {
    await page.keyboard.press(typed % 2 === 0 ? "x" : "Backspace");
    const deadline = Date.now() + TYPING_MS;
    while ((await watchOf(page)).painted.length <= typed && Date.now() < deadline) await pause(50);
    await pause(KEY_INTERVAL_MS);
  }
  const { painted } = await watchOf(page);
  if (painted.length === typed) return painted;
  if (side.name === "ours") throw new Error(`${painted.length} of ${typed} keys moved the field that depends on them`);
  return [...painted, TYPING_MS];
}

async function memoryOf(page: Page, cdp: CDPSession): Promise<{ heap: number; wasm: number; nodes: number }> {
  await cdp.send("HeapProfiler.collectGarbage");
  await cdp.send("Performance.enable");
  const { metrics } = await cdp.send("Performance.getMetrics");
  const metric = (name: string): number => metrics.find((it) => it.name === name)?.value ?? Number.NaN;
  const wasm = await page.evaluate(() => {
    const { memories } = (window as unknown as { measured: Watch }).measured;
    return memories.reduce((sum, it) => sum + it.buffer.byteLength, 0);
  });
  return { heap: metric("JSHeapUsedSize"), wasm, nodes: metric("Nodes") };
}

async function taskMilliseconds(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return (metrics.find((it) => it.name === "TaskDuration")?.value ?? Number.NaN) * 1000;
}

const ROWS = [
  ["usable", "usable, Slow 4G and 4x CPU", "ms", undefined],
  ["rendered", "rendered, 4x CPU", "ms", undefined],
  ["key", "a key, 4x CPU, TaskDuration", "ms", undefined],
  ["painted", "key to painted dependant, 4x CPU, p95", "ms", 100],
  ["memory", "memory, heap and wasm", "B", undefined],
] as const;

/** A line for each number of ours, before the peer is waited for: it may take a quarter of an hour. */
async function ours(form: Case, loads = new Loads()): Promise<Measured> {
  const ours = await measured(us(), form, loads);
  for (const [name, what, unit, most] of ROWS) report.line(`${form.name}: ${what}: ours`, ours[name], unit, most, ours.details);
  return ours;
}

/** A line for each number of the peer, and for the ratio beside its budget. */
async function beside(form: Case, ours: Measured, budgets: Partial<Record<keyof Measured, number>>, loads = new Loads()): Promise<void> {
  const theirs = await measured(them(), form, loads).catch(notInTime);
  if (!theirs) {
    report.line(`${form.name}: rendered: ours by the time after which the peer was given up`, ours.rendered / PATIENCE_MS, "x");
    return;
  }
  for (const [name, what, unit] of ROWS) {
    report.line(`${form.name}: ${what}: peer`, theirs[name], unit, undefined, theirs.details);
    report.line(`${form.name}: ${what}: ours by peer`, ours[name] / theirs[name], "x", budgets[name]);
  }
}
