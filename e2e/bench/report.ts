// What was measured, as lines beside their budgets. Each file of measurements keeps its own part, so that one may run
// alone; the end of the run prints the parts of this run and writes target/bench/report.json.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { root } from "../support/paths.ts";

export type Unit = "B" | "ms" | "x";

/** One measured number beside its budget. */
export interface Line {
  what: string;
  value: number;
  unit: Unit;
  budget?: number;
  within?: boolean;
  details?: unknown;
}

const folder = join(root, "target", "bench");
const parts = join(folder, "parts");

/** The lines of one file of measurements. */
export class Report {
  private readonly lines: Line[] = [];

  constructor(private readonly name: string) {}

  /** Adds a line; a budget is the most that the value may be. */
  line(what: string, value: number, unit: Unit, budget?: number, details?: unknown): void {
    const digits = unit === "x" ? 1000 : 10;
    const measured: Line = { what, value: Math.round(value * digits) / digits, unit };
    if (budget !== undefined) Object.assign(measured, { budget, within: value <= budget });
    this.lines.push({ ...measured, details });
    mkdirSync(parts, { recursive: true });
    writeFileSync(join(parts, `${this.name}.json`), JSON.stringify(this.lines));
  }
}

/** Forgets the run before. */
export function begin(): void {
  rmSync(parts, { recursive: true, force: true });
}

/** Prints all parts and writes the report. */
export function end(): void {
  mkdirSync(parts, { recursive: true });
  const names = readdirSync(parts).sort();
  const lines = names.flatMap((name) => JSON.parse(readFileSync(join(parts, name), "utf8")) as Line[]);
  const machine = { cpus: cpus().length, model: cpus()[0]?.model, node: process.version, load: loadavg() };
  writeFileSync(join(folder, "report.json"), `${JSON.stringify({ machine, lines }, null, 1)}\n`);
  const show = (value: number, unit: Unit): string => `${value.toLocaleString("en-GB")} ${unit}`;
  const width = Math.max(0, ...lines.map((it) => it.what.length));
  for (const { what, value, unit, budget, within } of lines) {
    const verdict = budget === undefined ? "" : `${within ? "within" : "OVER"} ${show(budget, unit)}`;
    process.stdout.write(`${what.padEnd(width)}  ${show(value, unit).padStart(14)}  ${verdict}\n`);
  }
  const load = machine.load.map((it) => it.toFixed(1)).join(", ");
  process.stdout.write(`load of the machine over 1, 5 and 15 minutes: ${load} on ${machine.cpus} cores\n`);
  process.stdout.write("written to target/bench/report.json\n");
}
