// QR codes in the frames of a camera: our worker's wasm against `jsqr` and `zxing-wasm`, on the same frames, made by
// `e2e/corpus/codes.py`. Each gets the pixels of a frame; ours also judges light, sharpness and corners in that time, as
// it does for every frame. Nothing is throttled.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "@playwright/test";
import { dist, root } from "../support/paths.ts";
import { FileServer } from "./files.ts";
import { median, percentile } from "./numbers.ts";
import { Report } from "./report.ts";

/** A frame and what is written in it. */
interface Frame {
  file: string;
  longSide: number;
  text: string;
}

interface Reading {
  took: number;
  texts: string[];
}

const READERS = ["ours", "jsqr", "zxing-wasm"] as const;
type Reader = (typeof READERS)[number];

const report = new Report("qr");

test("codes in the frames of a camera", async ({ page }) => {
  const folder = join(root, "target", "bench", "frames");
  const made = spawnSync(join(root, "e2e", "corpus", "run"), ["--frames", folder], { stdio: "inherit" });
  if (made.status !== 0) throw new Error("the frames could not be made");
  const frames = JSON.parse(readFileSync(join(folder, "frames.json"), "utf8")) as Frame[];
  const packages = join(import.meta.dirname, "node_modules");
  const files: Record<string, Buffer> = {
    "qr.html": Buffer.from('<!DOCTYPE html><meta charset="utf-8"><script src="documents.js"></script><script src="jsqr.js"></script><script src="zxing.js"></script>'),
    "documents.js": readFileSync(join(import.meta.dirname, "peer", "documents.js")),
    "jsqr.js": readFileSync(join(packages, "jsqr", "dist", "jsQR.js")),
    "zxing.js": readFileSync(join(packages, "zxing-wasm", "dist", "iife", "reader", "index.js")),
    "zxing_reader.wasm": readFileSync(join(packages, "zxing-wasm", "dist", "reader", "zxing_reader.wasm")),
    "measured.js": readFileSync(join(import.meta.dirname, "worker.js")),
    "worker.js": readFileSync(join(dist, "worker.js")),
    "worker_bg.wasm": readFileSync(join(dist, "worker_bg.wasm")),
  };
  for (const { file } of frames) files[file] = readFileSync(join(folder, file));
  const server = await FileServer.start(files);
  await page.goto(`${server.url}/qr.html`);
  await page.evaluate(begin);
  // The first frame warms all three up.
  await page.evaluate(readings, frames[0]!.file);
  const read: { frame: Frame; by: Record<Reader, Reading> }[] = [];
  for (const frame of frames) read.push({ frame, by: await page.evaluate(readings, frame.file) });
  await server.stop();

  for (const longSide of new Set(frames.map((it) => it.longSide))) {
    const these = read.filter((it) => it.frame.longSide === longSide);
    for (const reader of READERS) {
      const times = these.map((it) => it.by[reader].took);
      const right = these.filter((it) => it.by[reader].texts.includes(it.frame.text)).length;
      const wrong = these.filter((it) => it.by[reader].texts.some((text) => text !== it.frame.text)).length;
      const name = `QR in a frame ${longSide} wide, ${reader} (read ${right} of ${these.length}, ${wrong} wrong)`;
      report.line(`${name}: median`, median(times), "ms", undefined, { times, right, wrong });
      report.line("  p95", percentile(times, 0.95), "ms");
    }
  }
});

/** In the page: starts the worker and the wasm of zxing. */
async function begin(): Promise<void> {
  const { bench, ZXingWASM } = window as unknown as {
    bench: { start: () => Promise<void> };
    ZXingWASM: { prepareZXingModule: (options: object) => Promise<unknown> };
  };
  await bench.start();
  await ZXingWASM.prepareZXingModule({ overrides: { locateFile: (name: string) => name }, fireImmediately: true });
}

/** In the page: what each reader makes of one frame, and how long it takes from its pixels. */
async function readings(file: string): Promise<Record<Reader, Reading>> {
  const { bench, jsQR, ZXingWASM } = window as unknown as {
    bench: { look: (pixels: ImageData) => Promise<Reading> };
    jsQR: (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null;
    ZXingWASM: { readBarcodes: (pixels: ImageData, options: object) => Promise<{ text: string; isValid: boolean }[]> };
  };
  const bitmap = await createImageBitmap(await (await fetch(file)).blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  const pixels = context.getImageData(0, 0, bitmap.width, bitmap.height);
  bitmap.close();
  const timed = async (read: () => Promise<string[]>): Promise<Reading> => {
    const began = performance.now();
    const texts = await read();
    return { took: performance.now() - began, texts };
  };
  return {
    ours: await bench.look(pixels),
    jsqr: await timed(async () => {
      const code = jsQR(pixels.data, pixels.width, pixels.height);
      return code ? [code.data] : [];
    }),
    "zxing-wasm": await timed(async () => {
      const codes = await ZXingWASM.readBarcodes(pixels, { formats: ["QRCode"], tryHarder: true });
      return codes.filter((it) => it.isValid).map((it) => it.text);
    }),
  };
}
