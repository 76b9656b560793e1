import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/** One canary found in one file. */
export interface Hit {
  canary: string;
  file: string;
  encoding: string;
}

/**
 * Searches a browser profile for texts that must not rest there in the clear: as UTF-8, as UTF-16LE and inside base64
 * (whose letters depend on where in a group of three bytes the text begins, so all three alignments).
 */
export function searchProfile(profile: string, canaries: string[]): Hit[] {
  const needles = canaries.flatMap((canary) => encodings(canary).map((it) => ({ canary, ...it })));
  const hits: Hit[] = [];
  for (const path of filesUnder(profile)) {
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch {
      // A socket or a lock of the killed browser.
      continue;
    }
    for (const { canary, encoding, bytes: needle } of needles) {
      if (bytes.includes(needle)) hits.push({ canary, file: relative(profile, path), encoding });
    }
  }
  return hits;
}

function encodings(canary: string): { encoding: string; bytes: Buffer }[] {
  const utf8 = Buffer.from(canary, "utf8");
  const found = [
    { encoding: "UTF-8", bytes: utf8 },
    { encoding: "UTF-16LE", bytes: Buffer.from(canary, "utf16le") },
  ];
  for (const lead of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(lead), utf8]).toString("base64");
    // Letters that also depend on the neighbours are left out at both ends.
    const first = lead === 0 ? 0 : lead + 1;
    const whole = Math.floor(((lead + utf8.length) * 8) / 6);
    found.push({ encoding: `base64+${lead}`, bytes: Buffer.from(text.slice(first, whole), "latin1") });
  }
  return found;
}

function* filesUnder(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) continue;
    if (stat.isDirectory()) yield* filesUnder(path);
    else if (stat.isFile()) yield path;
  }
}
