import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { leftovers } from "./paths.ts";

const [width, height] = [720, 960];

/** What the camera sees: a sheet of print on a table, brightly or hardly lit. Brightness of each pixel, row after row. */
function scene(light: number, seed: number): Buffer {
  const luma = Buffer.alloc(width * height, Math.round(70 * light));
  const fill = (left: number, top: number, wide: number, high: number, level: number): void => {
    for (let y = top; y < top + high; y += 1) luma.fill(Math.round(level * light), y * width + left, y * width + left + wide);
  };
  const [left, top, wide, high] = [60, 60, 600, 840];
  fill(left, top, wide, high, 228);
  // Strokes of letters: what the sharpness of a picture is told from.
  let dice = seed;
  const roll = (most: number): number => {
    dice = (Math.imul(dice, 1_103_515_245) + 12_345) >>> 0;
    return (dice >>> 16) % most;
  };
  for (let line = 0; line < 20; line += 1) {
    const y = top + 50 + line * 40;
    for (let x = left + 50; x < left + wide - 60; x += 14) {
      if (roll(7) === 0) continue;
      fill(x, y, 3, 20, 40);
      fill(x, y + roll(3) * 8, 10, 3, 40);
      if (roll(2) === 0) fill(x + 8, y + roll(10), 3, 10, 40);
    }
  }
  return luma;
}

/**
 * The film that Chromium's fake camera plays, in a loop: four seconds in the dark, then eight in good light. Made anew,
 * since it weighs 12 MB. Source: the YUV4MPEG2 format of mjpegtools.
 */
export function film(): string {
  mkdirSync(leftovers, { recursive: true });
  const path = join(leftovers, "may-anh-thu.y4m");
  const file = openSync(path, "w");
  writeSync(file, `YUV4MPEG2 W${width} H${height} F1:1 Ip A1:1 C420jpeg\n`);
  const grey = Buffer.alloc((width * height) / 2, 128);
  for (const light of [0.2, 0.2, 0.2, 0.2, 1, 1, 1, 1, 1, 1, 1, 1]) {
    writeSync(file, "FRAME\n");
    writeSync(file, scene(light, 7));
    writeSync(file, grey);
  }
  closeSync(file);
  return path;
}
