import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import qrcode from "qrcode-generator";

/** What a camera can do wrong; `screen` is no photograph at all. */
export type Fault = "blurred" | "dark" | "bright" | "glare" | "faint" | "cut" | "skewed" | "far" | "screen";

/** A picture of a paper that nobody took. */
export interface Picture {
  /** Pixels across and down; 1200 × 1600 if left out. */
  size?: [width: number, height: number];
  /** A sheet, or a card lying in the middle of the picture. */
  paper?: "sheet" | "card";
  /** What is written on it, so that two pictures differ. */
  text?: string;
  /** The text of a QR code printed on it. */
  code?: string;
  /** Patches in the picture's corners, clockwise from its top left. */
  corners?: [string, string, string, string];
  fault?: Fault;
  type?: "image/jpeg" | "image/png";
}

/** The colours that tell which way up a picture is. */
export const cornerColours: [string, string, string, string] = ["#d02020", "#20a020", "#2040d0", "#d0c020"];

/** The modules of a QR code, row after row; no code of ours has another encoder. */
function modulesOf(text: string): boolean[][] {
  qrcode.stringToBytes = (it) => [...Buffer.from(it, "utf8")];
  const code = qrcode(0, "M");
  code.addData(text, "Byte");
  code.make();
  const side = Array.from({ length: code.getModuleCount() }, (_, index) => index);
  return side.map((row) => side.map((column) => code.isDark(row, column)));
}

/** Draws and encodes a picture as a browser does; `page` may show anything, it stays where it is. */
export async function draw(page: Page, picture: Picture): Promise<Buffer> {
  const modules = picture.code === undefined ? [] : modulesOf(picture.code);
  const encoded = await page.evaluate(
    async ({ picture, modules }) => {
      const [width, height] = picture.size ?? (picture.fault === "screen" ? [1080, 2400] : [1200, 1600]);
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext("2d", { willReadFrequently: true });
      if (!context) throw new Error("no canvas");
      const { fault } = picture;
      if (fault === "screen") {
        context.fillStyle = "#ffffff";
        context.fillRect(0, 0, width, height);
        context.fillStyle = "#f0f2f5";
        context.fillRect(0, 0, width, 220);
        context.fillStyle = "#111111";
        context.font = "44px sans-serif";
        for (let line = 0; line < 9; line += 1) context.fillText(`Tin nhắn ${line + 1}: ${picture.text ?? ""}`, 60, 330 + line * 150);
      } else {
        context.fillStyle = "#5a4a3c";
        context.fillRect(0, 0, width, height);
        context.save();
        context.translate(width / 2, height / 2);
        if (fault === "skewed") context.rotate((19 * Math.PI) / 180);
        let [w, h] = picture.paper === "card" ? [width * 0.8, width * 0.8 * (53.98 / 85.6)] : [width * 0.86, height * 0.86];
        if (fault === "far") [w, h] = [w * 0.6, h * 0.6];
        if (fault === "skewed") [w, h] = [w * 0.72, h * 0.72];
        if (fault === "cut") context.translate(-width * 0.27, 0);
        context.fillStyle = "#f1efe8";
        context.fillRect(-w / 2, -h / 2, w, h);
        const line = fault === "far" ? h / 14 : Math.max(24, h / 26);
        context.font = `${line * 0.62}px serif`;
        context.fillStyle = fault === "faint" ? "#dfddd5" : "#22222a";
        // Beside the code, where there is one.
        const left = modules.length > 0 ? -w / 2 + w * 0.46 : -w / 2 + w * 0.08;
        for (let at = 1; at * line < h * 0.92; at += 1) {
          context.fillText(`${at}. ${picture.text ?? "Giấy thử"} không phải giấy tờ thật`, left, -h / 2 + at * line, w / 2 - left - w * 0.04);
        }
        const module = Math.floor((w * 0.4) / Math.max(1, modules.length));
        modules.forEach((row, y) =>
          row.forEach((dark, x) => {
            if (!dark) return;
            context.fillStyle = "#16161c";
            context.fillRect(Math.round(-w / 2 + w * 0.03) + x * module, Math.round(-(modules.length * module) / 2) + y * module, module, module);
          }),
        );
        if (fault === "glare") {
          for (const [x, y] of [[-0.15, -0.2], [0.2, 0.15]] as const) {
            const light = context.createRadialGradient(w * x, h * y, w * 0.06, w * x, h * y, w * 0.2);
            light.addColorStop(0, "rgb(255 255 255 / 100%)");
            light.addColorStop(1, "rgb(255 255 255 / 0%)");
            context.fillStyle = light;
            context.fillRect(-w / 2, -h / 2, w, h);
          }
        }
        context.restore();
      }
      const [patchWide, patchHigh] = [Math.round(width * 0.06), Math.round(height * 0.06)];
      (picture.corners ?? []).forEach((colour, corner) => {
        context.fillStyle = colour;
        const right = corner === 1 || corner === 2;
        context.fillRect(right ? width - patchWide : 0, corner >= 2 ? height - patchHigh : 0, patchWide, patchHigh);
      });
      if (fault === "blurred") {
        context.filter = "blur(7px)";
        context.drawImage(canvas, 0, 0);
        context.filter = "none";
      }
      if (fault !== "screen") {
        const pixels = context.getImageData(0, 0, width, height);
        for (let at = 0; at < pixels.data.length; at += 4) {
          const noise = (Math.random() - 0.5) * 5;
          for (let channel = at; channel < at + 3; channel += 1) {
            let level = (pixels.data[channel] ?? 0) + noise;
            if (fault === "dark") level *= 0.22;
            if (fault === "bright") level = 255 * Math.min(1, ((level / 255) ** 2.2 + 0.025) * 16) ** (1 / 2.2);
            pixels.data[channel] = level;
          }
        }
        context.putImageData(pixels, 0, 0);
      }
      const blob = await canvas.convertToBlob({ type: picture.type ?? "image/jpeg", quality: 0.85 });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = "";
      for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
      return text;
    },
    { picture, modules },
  );
  return Buffer.from(encoded, "latin1");
}

/** A file with these bytes; its path. */
export function written(folder: string, name: string, bytes: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** A picture as a file; its path. */
export async function drawn(page: Page, folder: string, name: string, picture: Picture = {}): Promise<string> {
  return written(folder, name, await draw(page, { text: name, ...picture }));
}

/** What is seen of received bytes by the browser's own decoder, which shares nothing with ours. */
export async function seen(page: Page, bytes: Buffer, type = "image/jpeg"): Promise<{ width: number; height: number; corners: number[][] }> {
  return page.evaluate(
    async ({ base64, type }) => {
      const binary = atob(base64);
      const blob = new Blob([Uint8Array.from(binary, (it) => it.charCodeAt(0))], { type });
      // As the pixels lie in the file: nothing may be left to an orientation written beside them.
      const bitmap = await createImageBitmap(blob, { imageOrientation: "none" as ImageOrientation });
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      context.drawImage(bitmap, 0, 0);
      const at = (x: number, y: number): number[] => {
        const [red, green, blue] = context.getImageData(Math.round(x * bitmap.width), Math.round(y * bitmap.height), 1, 1).data;
        return [red ?? 0, green ?? 0, blue ?? 0];
      };
      return {
        width: bitmap.width,
        height: bitmap.height,
        corners: [at(0.03, 0.03), at(0.97, 0.03), at(0.97, 0.97), at(0.03, 0.97)],
      };
    },
    { base64: bytes.toString("base64"), type },
  );
}

/** How far apart two colours are, on the channel that differs most. */
export function distance(colour: string, seen: number[]): number {
  const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return Math.max(...wanted.map((it, index) => Math.abs(it - (seen[index] ?? 0))));
}

/**
 * The picture as a camera that was held otherwise stores it: shown with this EXIF orientation (1 to 8) it is the picture
 * again. Source: EXIF 2.32, section 4.6.4 A, tag 274.
 */
export async function heldAs(page: Page, picture: Buffer, orientation: number): Promise<Buffer> {
  const encoded = await page.evaluate(
    async ({ base64, orientation }) => {
      const upright = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (it) => it.charCodeAt(0))]));
      const { width: w, height: h } = upright;
      const lying = orientation > 4;
      const canvas = new OffscreenCanvas(lying ? h : w, lying ? w : h);
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      // Where a point of the upright picture lies in the stored one; all but 6 and 8 undo themselves.
      const maps: Record<number, [number, number, number, number, number, number]> = {
        1: [1, 0, 0, 1, 0, 0],
        2: [-1, 0, 0, 1, w, 0],
        3: [-1, 0, 0, -1, w, h],
        4: [1, 0, 0, -1, 0, h],
        5: [0, 1, 1, 0, 0, 0],
        6: [0, -1, 1, 0, 0, w],
        7: [0, -1, -1, 0, h, w],
        8: [0, 1, -1, 0, h, 0],
      };
      context.setTransform(...(maps[orientation] as [number, number, number, number, number, number]));
      context.drawImage(upright, 0, 0);
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = "";
      for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
      return text;
    },
    { base64: picture.toString("base64"), orientation },
  );
  return Buffer.from(encoded, "latin1");
}
