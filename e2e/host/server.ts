import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/**
 * A portal on a port of its own that embeds the page under a strict policy: scripts from itself and from us, frames
 * from us, styles from itself, nothing inline.
 */
export class HostSite {
  private constructor(private readonly server: Server) {}

  /** `page()` is where the built page is served, with its base path; it may be known only later. */
  static async start(page: () => string): Promise<HostSite> {
    const server = createServer((request, response) => {
      const origin = new URL(page()).origin;
      const files: Record<string, [string, string]> = {
        "/": ["page.html", "text/html; charset=utf-8"],
        "/host.js": ["host.js", "text/javascript"],
        "/host.css": ["host.css", "text/css"],
      };
      const file = files[new URL(request.url ?? "/", "http://host").pathname];
      if (!file) {
        // Browsers ask for an icon by themselves; this portal has none.
        response.writeHead(204).end();
        return;
      }
      const [name, type] = file;
      const text = readFileSync(join(import.meta.dirname, name), "utf8").replaceAll("{{page}}", page());
      response.writeHead(200, {
        "Content-Type": type,
        "Content-Security-Policy": `default-src 'none'; script-src 'self' ${origin}; style-src 'self'; frame-src ${origin}; img-src 'self'; base-uri 'none'; form-action 'none'`,
        "Referrer-Policy": "no-referrer",
      });
      response.end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new HostSite(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
