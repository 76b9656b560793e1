import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "@playwright/test";
import type { Browser, BrowserContext } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "./chromium.ts";

/** A browser that keeps its profile and can be killed as a phone kills it: at once, with nothing flushed. */
export class BrowserWithProfile {
  private constructor(
    readonly profile: string,
    private readonly process: ChildProcess,
    readonly browser: Browser,
  ) {}

  static async start(profile: string, options: { fresh?: boolean } = {}): Promise<BrowserWithProfile> {
    if (options.fresh) rmSync(profile, { recursive: true, force: true });
    mkdirSync(profile, { recursive: true });
    const portFile = join(profile, "DevToolsActivePort");
    rmSync(portFile, { force: true });
    // A process group of its own, so that the kill reaches renderers and utility processes too.
    const child = spawn(
      chromiumPath(),
      ["--headless", ...chromiumArguments, `--user-data-dir=${profile}`, "--remote-debugging-port=0", "about:blank"],
      { detached: true, stdio: "ignore" },
    );
    const deadline = Date.now() + 20_000;
    while (!existsSync(portFile) || readFileSync(portFile, "utf8").split("\n").length < 2) {
      if (Date.now() > deadline) throw new Error("Chromium did not start");
      await pause(50);
    }
    const port = readFileSync(portFile, "utf8").split("\n")[0];
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    return new BrowserWithProfile(profile, child, browser);
  }

  get context(): BrowserContext {
    const [context] = this.browser.contexts();
    if (!context) throw new Error("the browser has no default context");
    return context;
  }

  /** SIGKILL to every process of the browser. */
  async kill(): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      if (this.process.exitCode !== null || this.process.signalCode !== null) resolve();
      else this.process.once("exit", () => resolve());
    });
    if (this.process.pid !== undefined) {
      try {
        process.kill(-this.process.pid, "SIGKILL");
      } catch {
        // Already gone.
      }
    }
    await gone;
  }
}
