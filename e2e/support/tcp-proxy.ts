import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

/**
 * A bad network between the browser and the sandbox, below HTTP: it also reaches workers, event streams and requests
 * that a page route would not see.
 */
export class TcpProxy {
  /** Connections cut so far. */
  cuts = 0;
  /** Bytes that went up to the server so far. */
  sentUp = 0;
  private cutAfter = Number.POSITIVE_INFINITY;
  private bytesPerSecond = Number.POSITIVE_INFINITY;
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

  /** Lets at most so many bytes a second through, each way and each connection. */
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
      this.sentUp += chunk.length;
      if (this.sentUp > this.cutAfter) {
        const kept = chunk.length - (this.sentUp - this.cutAfter);
        this.cutAfter = Number.POSITIVE_INFINITY;
        this.cuts += 1;
        // Nothing that comes later may pass: a network loses the end of what is sent, never its middle.
        client.pause();
        client.removeAllListeners("data");
        // What was sent before the cut arrives; then both ends see the connection die.
        upstream.write(chunk.subarray(0, Math.max(0, kept)), () => {
          setTimeout(() => {
            upstream.destroy();
            client.resetAndDestroy();
          }, 50);
        });
        return;
      }
      this.pass(client, upstream, chunk);
    });
    upstream.on("data", (chunk) => this.pass(upstream, client, chunk));
  }

  private pass(from: Socket, to: Socket, chunk: Buffer): void {
    const flowing = to.write(chunk);
    if (Number.isFinite(this.bytesPerSecond)) {
      from.pause();
      setTimeout(() => from.resume(), (chunk.length / this.bytesPerSecond) * 1000);
    } else if (!flowing) {
      from.pause();
      to.once("drain", () => from.resume());
    }
  }
}
