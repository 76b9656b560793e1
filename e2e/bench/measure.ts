// Measures the release build against the budgets of the design, prints a table and writes target/bench/report.json.
// It never fails on a number: a budget that is not kept is for people to see, not for a build to hide by flaking.
//
// Bytes are `encodedDataLength` of every response until the network is idle (headers included, as a phone pays them),
// in a fresh profile, service worker off. Times are under Chromium's throttles: Slow 4G (1.6 Mbit/s, 150 ms) and 4x CPU.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "@playwright/test";
import type { Browser, BrowserContext, CDPSession, Page } from "@playwright/test";
import { dist } from "../support/paths.ts";
import { Sandbox } from "../support/sandbox.ts";
import { median, percentile } from "./numbers.ts";
import { Report } from "./report.ts";
import { slowCpu, slowLine } from "./throttle.ts";

const RUNS = 5;
const QUERIES = ["giay khai sinh", "đăng ký kết hôn", "so do", "tam tru", "giấy độc thân", "chung thuc ban sao"];

interface Response {
  url: string;
  type: string;
  bytes: number;
}

interface Visit {
  page: Page;
  context: BrowserContext;
  cdp: CDPSession;
}

const report = new Report("page");
const line: Report["line"] = report.line.bind(report);
let sandbox: Sandbox;
let browser: Browser;

test.describe.configure({ mode: "default" });

test.beforeAll(async ({ browser: launched }) => {
  browser = launched;
  sandbox = await Sandbox.start();
});

test.afterAll(async () => {
  await sandbox.stop();
});

test("bytes of a first visit", firstLoad);
test("bytes of what comes later", laterBytes);
test("time to a usable home page", timeToUsableHome);
test("cost of a key in the search box", searchKeystrokes);

/** What a first visit to the home page costs. */
async function firstLoad(): Promise<void> {
  const { page, context, cdp } = await visit();
  const responses = await recorded(cdp, async () => {
    await page.goto(sandbox.url, { waitUntil: "networkidle" });
    await page.getByRole("heading", { name: "Chọn theo lĩnh vực" }).waitFor();
    await page.waitForLoadState("networkidle");
  });
  const bytes = { html: 0, css: 0, js: 0, wasm: 0, data: 0, other: 0 };
  for (const response of responses) bytes[kindOf(response)] += response.bytes;
  const app = bytes.html + bytes.css + bytes.js + bytes.wasm;
  line("first load: html, css, js, wasm", app, "B", 200_000, { ...bytes, responses });
  for (const kind of ["html", "css", "js", "wasm"] as const) line(`  ${kind}`, bytes[kind], "B");
  line("data before the first keystroke", bytes.data, "B", 25_000);
  line("  other (icons, manifest)", bytes.other, "B");
  await context.close();
}

/** What comes later, each on its own: the worker, the other languages, the full index. */
async function laterBytes(): Promise<void> {
  const worker = await Promise.all(["worker.js", "worker_bg.wasm"].map((name) => wireBytes(`${sandbox.url}/${name}`)));
  line("documents worker, when papers are asked for", worker.reduce((sum, it) => sum + it, 0), "B");
  const words = join(dist, "words");
  if (statSync(words, { throwIfNoEntry: false })) {
    for (const name of readdirSync(words).filter((it) => !/\.(br|gz)$/.test(it))) {
      line(`language ${name}`, await wireBytes(`${sandbox.url}/words/${name}`), "B");
    }
  }
  line("full index, at the first search", await wireBytes(`${sandbox.url}/api/v1/catalogue?tier=full`), "B");
}

/** From the navigation to a home page that has its fields and takes a query. */
async function timeToUsableHome(): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { page, context, cdp } = await visit();
    await slowLine(cdp);
    await slowCpu(cdp);
    await page.goto(sandbox.url, { waitUntil: "commit" });
    await page.getByRole("heading", { name: "Chọn theo lĩnh vực" }).waitFor();
    await page.getByRole("searchbox").waitFor();
    times.push(await page.evaluate(() => performance.now()));
    await context.close();
  }
  line("home, Slow 4G and 4x CPU: navigation to usable", median(times), "ms", undefined, { times });
}

/** One key in the search box, with the full index: what the page does before it can take the next key. */
async function searchKeystrokes(): Promise<void> {
  const { page, context, cdp } = await visit();
  await page.goto(`${sandbox.url}/tim`, { waitUntil: "networkidle" });
  await page.getByRole("searchbox").click();
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    const spent: number[] = [];
    Object.assign(window, { spent });
    let began = 0;
    window.addEventListener("input", () => (began = performance.now()), true);
    // Microtasks run between listeners, so this also sees what the event's own listeners set off.
    window.addEventListener("input", () => spent.push(performance.now() - began));
  });
  await cdp.send("Performance.enable");
  await slowCpu(cdp);
  const tasks: number[] = [];
  for (const query of QUERIES) {
    await page.getByRole("searchbox").fill("");
    for (const letter of query) {
      const before = await taskMilliseconds(cdp);
      await page.keyboard.insertText(letter);
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)));
      tasks.push((await taskMilliseconds(cdp)) - before);
    }
  }
  const spent = await page.evaluate(() => (window as unknown as { spent: number[] }).spent);
  const searched = await page.evaluate(() => performance.getEntriesByName("search", "measure").map((it) => it.duration));
  line("search, full index, 4x CPU: the search of one key, p95", percentile(searched, 0.95), "ms", 4, { searched });
  line("  with what is drawn of it, event handlers, p95", percentile(spent, 0.95), "ms", undefined, { spent });
  line("  with layout and paint (TaskDuration), p95", percentile(tasks, 0.95), "ms", undefined, { tasks });
  await context.close();
}

async function visit(): Promise<Visit> {
  const context = await browser.newContext({
    serviceWorkers: "block",
    viewport: { width: 360, height: 780 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    locale: "vi-VN",
  });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  return { page, context, cdp };
}

/** Every response that ends while `act` runs. */
async function recorded(cdp: CDPSession, act: () => Promise<void>): Promise<Response[]> {
  const began = new Map<string, { url: string; type: string }>();
  const responses: Response[] = [];
  cdp.on("Network.responseReceived", ({ requestId, response }) => {
    began.set(requestId, { url: response.url, type: response.mimeType });
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const response = began.get(requestId);
    if (response) responses.push({ ...response, bytes: encodedDataLength });
  });
  await act();
  return responses;
}

function kindOf({ url, type }: Response): "html" | "css" | "js" | "wasm" | "data" | "other" {
  const path = new URL(url).pathname;
  if (/^\/(api|auth|\.well-known)\//.test(path)) return "data";
  if (type === "text/html") return "html";
  if (type === "text/css") return "css";
  if (/javascript/.test(type)) return "js";
  if (type === "application/wasm") return "wasm";
  return "other";
}

/** Bytes of one answer on the wire, as a browser asks for it. */
async function wireBytes(url: string): Promise<number> {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  const responses = await recorded(cdp, async () => {
    await page.goto(`${sandbox.url}/manifest.webmanifest`);
    await page.evaluate(async (address) => (await fetch(address)).arrayBuffer(), url);
    await page.waitForLoadState("networkidle");
  });
  await context.close();
  return responses.find((it) => it.url === url)?.bytes ?? 0;
}

async function taskMilliseconds(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return (metrics.find((it) => it.name === "TaskDuration")?.value ?? Number.NaN) * 1000;
}
