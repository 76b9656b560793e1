import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { cargoTarget, dist, leftovers, root } from "./paths.ts";
import { freePort } from "./ports.ts";

/** How a sandbox is started; what is left out is as `make serve` has it. */
export interface SandboxOptions {
  /** Origins that may frame the page. */
  frameAncestors?: string[];
  /** Milliseconds between two steps of each queue; 0 stops the queues. */
  queueIntervalMs?: number;
  /** Folder of the built page. */
  dist?: string;
}

/** The ten national statuses, by their numbers. */
export type DossierStatus = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** Which requests a fault strikes: method (any if left out), beginning of the path, how often (once if left out). */
export interface Strike {
  method?: string;
  path?: string;
  count?: number;
}

/** What networks and servers do to people; each fault is used up as it strikes. */
export interface Faults {
  /** Every answer comes later. */
  delayMs?: number;
  /** Filing takes longer on the server. */
  workDelayMs?: number;
  /** The connection breaks after so many bytes of a request's body. */
  cutAfterBytes?: Strike & { bytes: number };
  /** The work is done, the answer is lost. */
  loseReplyOf?: Strike;
  /** A status instead of an answer, nothing done. */
  statusForNext?: Strike & { status: number; retryAfter?: number };
  /** The session ends before the next request. */
  expireSession?: boolean;
  /** A captive portal answers. */
  htmlForNext?: Strike;
  /** The work is done, the answer breaks off in its middle. */
  halfJsonForNext?: Strike;
}

/** What the server knows behind its doors. */
export interface History {
  dossiers: { code: string; idempotencyKey: string; procedure: string; status: number; body: Record<string, unknown> }[];
  uploads: { id: string; requirement: string; length: number; received: number; sha256: string | null }[];
  /** Bytes stored for all uploads. */
  storedBytes: number;
  tickets: { id: string; centre: string; number: string; state: string }[];
}

/** One running server that stands for the city's backend, and the controls that only tests have. */
export class Sandbox {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    const binary = join(cargoTarget, "debug", "sandbox");
    if (!existsSync(binary)) throw new Error(`no sandbox at ${binary}: run \`make sandbox\``);
    const page = options.dist ?? dist;
    if (!existsSync(join(page, "index.html"))) throw new Error(`no built page in ${page}: run \`make build\``);
    const port = await freePort();
    mkdirSync(leftovers, { recursive: true });
    const child = spawn(
      binary,
      [
        ...["--listen", `127.0.0.1:${port}`],
        ...["--database", "memory"],
        ...["--dist", page],
        ...["--contract", join(root, "e2e", "contract", "openapi.yaml")],
        ...["--frame-ancestors", options.frameAncestors?.join(",") ?? "none"],
        ...["--queue-interval-ms", String(options.queueIntervalMs ?? 0)],
        "--test-controls",
      ],
      { cwd: root, stdio: ["ignore", "pipe", "pipe"] },
    );
    const log = createWriteStream(join(leftovers, `sandbox-${port}.log`));
    child.stdout?.pipe(log);
    child.stderr?.pipe(log);
    const sandbox = new Sandbox(port, child);
    await sandbox.answering();
    return sandbox;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Forgets reports and violations of the journey before, and lifts its faults. */
  async forget(): Promise<void> {
    for (const path of ["/test/csp-reports", "/test/contract-violations", "/test/faults"]) await this.delete(path);
  }

  /** What browsers reported against the content security policy. */
  async policyReports(): Promise<unknown[]> {
    return this.get<unknown[]>("/test/csp-reports");
  }

  /** Requests and answers that are not as openapi.yaml says. */
  async contractViolations(): Promise<unknown[]> {
    return this.get<unknown[]>("/test/contract-violations");
  }

  /** How many dossiers were ever filed here. */
  async dossierCount(): Promise<number> {
    return (await this.history()).dossiers.length;
  }

  /** What was filed, and what the server has of each upload. */
  async history(): Promise<History> {
    return this.get<History>("/test/history");
  }

  /** The bytes that the server has of an upload. */
  async uploaded(id: string): Promise<Buffer> {
    const answer = await fetch(`${this.url}/test/uploads/${id}`);
    if (!answer.ok) throw new Error(`upload ${id}: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  /** Breaks what comes next; `forget` lifts it. */
  async fault(faults: Faults): Promise<void> {
    await this.post("/test/faults", faults);
  }

  /** Every queue moves on by so many steps. */
  async stepQueues(count = 1): Promise<void> {
    await this.post("/test/queue/step", { count });
  }

  /** The server's clock goes ahead. */
  async advanceClock(seconds: number): Promise<void> {
    await this.post("/test/clock", { advanceSeconds: seconds });
  }

  /** The officer moves a dossier. */
  async moveDossier(code: string, status: DossierStatus, note?: string): Promise<void> {
    await this.post(`/test/dossiers/${encodeURIComponent(code)}/status`, { status, note });
  }

  private async get<T>(path: string): Promise<T> {
    const answer = await fetch(this.url + path);
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  private async post(path: string, body: unknown): Promise<void> {
    const answer = await fetch(this.url + path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
  }

  private async delete(path: string): Promise<void> {
    const answer = await fetch(this.url + path, { method: "DELETE" });
    if (!answer.ok) throw new Error(`DELETE ${path}: ${answer.status} ${await answer.text()}`);
  }

  async stop(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.child.once("exit", () => resolve()));
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill("SIGTERM");
    const slow = setTimeout(() => this.child.kill("SIGKILL"), 5_000);
    await gone;
    clearTimeout(slow);
  }

  private async answering(): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      if (this.child.exitCode !== null) throw new Error(`the sandbox ended with ${this.child.exitCode}`);
      try {
        const answer = await fetch(`${this.url}/api/v1/catalogue?tier=commune`);
        if (answer.ok) return;
      } catch {
        // Not listening yet.
      }
      if (Date.now() > deadline) throw new Error("the sandbox does not answer");
      await pause(50);
    }
  }
}
