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

const report = new Report("zz");
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
  await browser.startTracing(page,{path:"/tmp/trace.json",categories:["devtools.timeline","toplevel","v8","blink.user_timing","disabled-by-default-devtools.timeline","disabled-by-default-v8.cpu_profiler"]});
  await pages.papers.give(PAPER, file);
  await pages.papers.paper(PAPER).getByRole("img").first().waitFor();
  // What was observed is handed over when the page has nothing else to do.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  await browser.stopTracing();
  const longest = await page.evaluate(() => (window as unknown as { longest: { milliseconds: number } }).longest.milliseconds);
  console.log("LONGEST",longest);report.line("  the page's longest task meanwhile, 4x CPU (0: none above 50 ms)", longest, "ms", 50);
  await context.close();
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
