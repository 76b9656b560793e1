import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createServer, request } from "node:http";
import type { IncomingMessage, Server as HttpServer, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";

const uploads = "/api/v1/uploads";

/** One file that arrived: what its sender said of it, and what it is. */
export interface Arrived {
  announcedSha256: string;
  sha256: string;
  bytes: number;
}

/** The sandbox under an address of its own, with the tus server of the protocol's authors in the place of its uploads. */
export class TusFront {
  private tus: Server;

  private constructor(
    private readonly server: HttpServer,
    private readonly folder: string,
    private readonly sandboxPort: number,
  ) {
    this.tus = this.makeTus();
    server.on("request", (asked, answer) => {
      if (asked.url?.startsWith(uploads)) void this.tus.handle(asked, answer);
      else this.forward(asked, answer);
    });
  }

  static async before(sandboxPort: number, folder: string): Promise<TusFront> {
    const server = createServer();
    const front = new TusFront(server, folder, sandboxPort);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return front;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The tus server dies with every connection, and another begins with what lies in the folder. */
  restart(): void {
    this.tus = this.makeTus();
    this.server.closeAllConnections();
  }

  /** Everything that lies in the folder. */
  arrived(): Arrived[] {
    const names = readdirSync(this.folder).filter((it) => !it.endsWith(".json") && existsSync(join(this.folder, `${it}.json`)));
    return names.map((name) => {
      const { metadata } = JSON.parse(readFileSync(join(this.folder, `${name}.json`), "utf8")) as {
        metadata?: Record<string, string>;
      };
      const bytes = readFileSync(join(this.folder, name));
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      return { announcedSha256: metadata?.sha256 ?? "", sha256, bytes: bytes.length };
    });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private makeTus(): Server {
    return new Server({ path: uploads, datastore: new FileStore({ directory: this.folder }), relativeLocation: true });
  }

  private forward(asked: IncomingMessage, answer: ServerResponse): void {
    const { method, url: path, headers } = asked;
    const onward = request({ host: "127.0.0.1", port: this.sandboxPort, method, path, headers }, (came) => {
      answer.writeHead(came.statusCode ?? 502, came.headers);
      came.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    answer.on("close", () => onward.destroy());
    asked.pipe(onward);
  }
}
