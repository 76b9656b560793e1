// The documents worker against the browser's own decoder, on a photograph of twelve megapixels that is made here.
//
//   decode    createImageBitmap of the same bytes, in the page
//   findings  from the file's bytes being read to the worker's answer with all findings, corners and codes included
//   memory    the worker's WebAssembly memory after it, which never shrinks, and the file's own bytes
//   task      the page's longest main-thread task while the picture is picked and looked at, 4x CPU
//
// Chromium's throttle slows pages and not workers: what the worker does is unthrottled and beside the browser's decode.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { test } from "@playwright/test";
import type { Browser, Page } from "@playwright/test";
import { pagesOf } from "../pages/all.ts";
import { maritalStatus, toThePapers } from "../support/errands.ts";
import { dist } from "../support/paths.ts";
import { Sandbox } from "../support/sandbox.ts";
import { FileServer } from "./files.ts";
import { median } from "./numbers.ts";
import { Report } from "./report.ts";
import { slowCpu } from "./throttle.ts";

const RUNS = 7;
const PAPER = "Giấy xác nhận tình trạng hôn nhân đã cấp trước đây";

/** What the bench's page does with the worker; see `bench/peer/documents.js`. */
interface Bench {
  picture: (width: number, height: number) => Promise<Uint8Array<ArrayBuffer>>;
  start: () => Promise<void>;
  decode: (bytes: Uint8Array<ArrayBuffer>) => Promise<number>;
  inspect: (bytes: Uint8Array<ArrayBuffer>) => Promise<{ first: number; all: number; findings: string[] }>;
  memory: () => Promise<number>;
}

const report = new Report("documents");
let browser: Browser;
let server: FileServer;

test.describe.configure({ mode: "default" });

test.beforeAll(async ({ browser: launched }) => {
  browser = launched;
  server = await FileServer.start({
    "documents.html": Buffer.from('<!DOCTYPE html><meta charset="utf-8"><script src="documents.js"></script>'),
    "documents.js": readFileSync(join(import.meta.dirname, "peer", "documents.js")),
    "measured.js": readFileSync(join(import.meta.dirname, "worker.js")),
    "worker.js": readFileSync(join(dist, "worker.js")),
    "worker_bg.wasm": readFileSync(join(dist, "worker_bg.wasm")),
  });
});

test.afterAll(async () => {
  await server.stop();
});

test("a photograph of twelve megapixels", async () => {
  const page = await browser.newPage();
  await page.goto(`${server.url}/documents.html`);
  const measured = await page.evaluate(async (runs) => {
    const bench = (window as unknown as { bench: Bench }).bench;
    const bytes = await bench.picture(4000, 3000);
    await bench.start();
    const seen = { bytes: bytes.length, decode: [] as number[], first: [] as number[], all: [] as number[], findings: [] as string[] };
    for (let run = 0; run < runs; run += 1) {
      seen.decode.push(await bench.decode(bytes));
      const { first, all, findings } = await bench.inspect(bytes);
      seen.first.push(first);
      seen.all.push(all);
      seen.findings = findings;
    }
    return { ...seen, memory: await bench.memory() };
  }, RUNS);
  const decode = median(measured.decode);
  const [first, all] = [median(measured.first), median(measured.all)];
  report.line("12-megapixel JPEG: the browser's own decode", decode, "ms", undefined, measured);
  report.line("  pick to first findings", first, "ms");
  report.line("  first findings by that decode", first / decode, "x", 1.3);
  report.line("  all findings", all, "ms", 1_000);
  report.line("  all findings by that decode", all / decode, "x", 3);
  report.line("  the worker's memory and the file", measured.memory + measured.bytes, "B", 200_000_000);
  await page.close();
});

test("the longest task while a picture is picked", async ({}, testInfo) => {
  const sandbox = await Sandbox.start();
  const context = await browser.newContext({ baseURL: sandbox.url, locale: "vi-VN", serviceWorkers: "block", viewport: { width: 360, height: 780 } });
  const page = await context.newPage();
  const pages = pagesOf(page);
  await toThePapers(pages, maritalStatus);
  const file = testInfo.outputPath("anh-12-megapixel.jpg");
  await writePicture(file);
  const cdp = await context.newCDPSession(page);
  await slowCpu(cdp);
  await page.evaluate(() => {
    const longest = { milliseconds: 0 };
    Object.assign(window, { longest });
    const watch = (list: PerformanceObserverEntryList): void => {
      for (const entry of list.getEntries()) longest.milliseconds = Math.max(longest.milliseconds, entry.duration);
    };
    new PerformanceObserver(watch).observe({ type: "longtask" });
  });
  await pages.papers.give(PAPER, file);
  await pages.papers.paper(PAPER).getByRole("img").first().waitFor();
  // What was observed is handed over when the page has nothing else to do.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  const longest = await page.evaluate(() => (window as unknown as { longest: { milliseconds: number } }).longest.milliseconds);
  report.line("  the page's longest task meanwhile, 4x CPU (0: none above 50 ms)", longest, "ms", 50);
  await context.close();
  await sandbox.stop();
});

test("the worker's size, and that a first visit does not fetch it", async () => {
  const wasm = readFileSync(join(dist, "worker_bg.wasm"));
  const packed = brotliCompressSync(wasm, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length } });
  report.line("documents worker, wasm in brotli", packed.length, "B", 450_000);
  const sandbox = await Sandbox.start();
  const page = await browser.newPage({ locale: "vi-VN" });
  let fetched = 0;
  page.on("request", (request) => (fetched += Number(/\/worker(_bg)?\.(js|wasm)/.test(request.url()))));
  await page.goto(sandbox.url, { waitUntil: "networkidle" });
  report.line("  files of it in the first load", fetched, "B", 0);
  await page.close();
  await sandbox.stop();
});

/** The photograph as a file. */
async function writePicture(path: string): Promise<void> {
  const page: Page = await browser.newPage();
  await page.goto(`${server.url}/documents.html`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.evaluate(async () => {
      const bytes = await (window as unknown as { bench: Bench }).bench.picture(4000, 3000);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([bytes]));
      link.download = "picture.jpg";
      link.click();
    }),
  ]);
  await download.saveAs(path);
  await page.close();
}
