import { join } from "node:path";

/** The clone. */
export const root = join(import.meta.dirname, "..", "..");

/** Where cargo puts what it builds. */
export const cargoTarget = process.env.CARGO_TARGET_DIR ?? join(root, "target");

/** What the journeys leave behind: screenshots, databases, profiles. */
export const leftovers = join(root, "target", "journeys");

/** The built page. */
export const dist = process.env.MOT_CUA_DIST ?? join(root, "dist");

/** A sample file: a real JPEG, a real PDF, or a broken one. */
export function sample(name: string): string {
  return join(root, "e2e", "samples", name);
}
