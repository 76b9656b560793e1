import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { RequestReader } from "./request-reader.ts";

/**
 * A bad network between the browser and the sandbox, below HTTP: it also reaches workers, event streams and requests
 * that a page route would not see.
 */
export class TcpProxy {
  /** Connections cut so far. */
  cuts = 0;
  /** Bytes that went up to the server so far. */
  sentUp = 0;
  /** Bytes of the bodies of PATCH requests that went up so far, whatever became of them. */
  patched = 0;
  /** The largest body a PATCH request announced. */
  largestPatch = 0;
  private cutAfter = Number.POSITIVE_INFINITY;
  private cutsToCome: number[] = [];
  private bytesPerSecond = Number.POSITIVE_INFINITY;
  private freeAt = { up: 0, down: 0 };
  private open = new Set<Socket>();
  private refusing = false;

  private constructor(
    private readonly server: Server,
    private readonly targetPort: number,
  ) {}

  static async to(targetPort: number): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: false });
    const proxy = new TcpProxy(server, targetPort);
    server.on("connection", (client) => proxy.join(client));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Cuts the connection that carries the byte after the next `bytes` upward, once. */
  cutAfterSending(bytes: number): void {
    this.cutAfter = this.sentUp + bytes;
  }

  /** Cuts `times` connections: each one that carries another `bytes` of the bodies of PATCH requests, counted over all. */
  cutEach(bytes: number, times: number): void {
    this.cutsToCome = Array.from({ length: times }, (_, index) => this.patched + bytes * (index + 1));
  }

  /** Lets at most so many bytes a second through, each way, over all connections: one link. */
  throttle(bytesPerSecond: number): void {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** The network is gone: open connections die, new ones are refused. */
  goAway(): void {
    this.refusing = true;
    for (const socket of this.open) socket.resetAndDestroy();
  }

  /** The network is back, unthrottled. */
  comeBack(): void {
    this.refusing = false;
    this.cutAfter = Number.POSITIVE_INFINITY;
    this.cutsToCome = [];
    this.bytesPerSecond = Number.POSITIVE_INFINITY;
  }

  async close(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private join(client: Socket): void {
    if (this.refusing) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(this.targetPort, "127.0.0.1");
    const reader = new RequestReader();
    for (const socket of [client, upstream]) {
      this.open.add(socket);
      socket.on("close", () => {
        this.open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
      socket.on("error", () => socket.destroy());
    }
    client.on("data", (chunk) => {
      const { patched, largestPatch } = reader.read(chunk);
      this.sentUp += chunk.length;
      this.patched += patched;
      this.largestPatch = Math.max(this.largestPatch, largestPatch);
      if (this.sentUp > this.cutAfter) {
        const kept = chunk.length - (this.sentUp - this.cutAfter);
        this.cutAfter = Number.POSITIVE_INFINITY;
        this.cut(client, upstream, chunk.subarray(0, Math.max(0, kept)));
        return;
      }
      const [next] = this.cutsToCome;
      if (next !== undefined && this.patched > next) {
        this.cutsToCome.shift();
        this.cut(client, upstream, chunk.subarray(0, Math.max(0, chunk.length - (this.patched - next))));
        return;
      }
      this.pass(client, upstream, chunk, "up");
    });
    upstream.on("data", (chunk) => this.pass(upstream, client, chunk, "down"));
  }

  private cut(client: Socket, upstream: Socket, kept: Buffer): void {
    this.cuts += 1;
    // Nothing that comes later may pass: a network loses the end of what is sent, never its middle.
    client.pause();
    client.removeAllListeners("data");
    // What was sent before the cut arrives; then both ends see the connection die.
    upstream.write(kept, () => {
      setTimeout(() => {
        upstream.destroy();
        client.resetAndDestroy();
      }, 50);
    });
  }

  private pass(from: Socket, to: Socket, chunk: Buffer, way: "up" | "down"): void {
    if (Number.isFinite(this.bytesPerSecond)) {
      // It arrives when the link has carried it, after all that was on the link before it.
      const now = Date.now();
      this.freeAt[way] = Math.max(now, this.freeAt[way]) + (chunk.length / this.bytesPerSecond) * 1000;
      from.pause();
      setTimeout(() => {
        to.write(chunk);
        from.resume();
      }, this.freeAt[way] - now);
      return;
    }
    if (!to.write(chunk)) {
      from.pause();
      to.once("drain", () => from.resume());
    }
  }
}
