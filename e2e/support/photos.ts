import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";

/**
 * Makes photographs that nobody took: white sheets with lines of print on a dark table, each different, and grain for
 * weight. The browser encodes them, as a phone's would; `page` may show anything, it stays where it is.
 */
export async function makePhotos(page: Page, folder: string, count: number, grain = 40): Promise<string[]> {
  const pictures = await page.evaluate(
    async ({ count, grain }) => {
      const made: string[] = [];
      for (let number = 1; number <= count; number += 1) {
        const canvas = new OffscreenCanvas(1000, 1400);
        const context = canvas.getContext("2d");
        if (!context) throw new Error("no canvas");
        context.fillStyle = "#3a3530";
        context.fillRect(0, 0, 1000, 1400);
        context.fillStyle = "#f4f2ec";
        context.fillRect(60, 60, 880, 1280);
        context.fillStyle = "#1b1b1b";
        context.font = "30px sans-serif";
        for (let line = 0; line < 24; line += 1) {
          context.fillText(`${number}.${line + 1}  Giấy thử số ${number}, dòng ${line + 1}: không có thật`, 110, 140 + line * 48);
        }
        const pixels = context.getImageData(0, 0, 1000, 1400);
        for (let at = 0; at < pixels.data.length; at += 4) {
          const noise = (Math.random() - 0.5) * grain;
          for (const channel of [0, 1, 2]) pixels.data[at + channel] = (pixels.data[at + channel] ?? 0) + noise;
        }
        context.putImageData(pixels, 0, 0);
        const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.5 });
        const bytes = new Uint8Array(await blob.arrayBuffer());
        made.push(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
      }
      return made;
    },
    { count, grain },
  );
  mkdirSync(folder, { recursive: true });
  return pictures.map((picture, index) => {
    const file = join(folder, `anh-${index + 1}.jpg`);
    writeFileSync(file, Buffer.from(picture, "latin1"));
    return file;
  });
}
