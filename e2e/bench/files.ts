// Serves files as a good static server does: brotli at its best quality, made before anybody asks.

import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync } from "node:zlib";

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
  wasm: "application/wasm",
  jpg: "image/jpeg",
};

/** A server of a few files that are in memory. */
export class FileServer {
  private constructor(private readonly server: Server) {}

  /** `files` by the path they are asked for, without the `/`; `links` is what the answer for a path names for the browser to fetch early. */
  static async start(files: Record<string, Buffer>, links: Record<string, string> = {}): Promise<FileServer> {
    const packed = new Map(Object.entries(files).map(([path, bytes]) => [`/${path}`, brotliCompressSync(bytes)]));
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? "/", "http://files").pathname;
      const body = packed.get(path);
      if (!body) {
        response.writeHead(404).end();
        return;
      }
      const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
      const link = links[path.slice(1)];
      const headers = { "Content-Type": type, "Content-Encoding": "br", "Content-Length": body.length };
      response.writeHead(200, link ? { ...headers, Link: link } : headers);
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new FileServer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
