/** What one piece of a connection carried. */
interface Read {
  /** Bytes of the bodies of PATCH requests in it. */
  patched: number;
  /** The largest body a PATCH request announced in it. */
  largestPatch: number;
}

/** Reads the requests of one HTTP/1.1 connection as they pass, just enough to tell bodies from headers. */
export class RequestReader {
  private head = "";
  private left = 0;
  private patching = false;

  read(chunk: Buffer): Read {
    const read: Read = { patched: 0, largestPatch: 0 };
    let at = 0;
    while (at < chunk.length) {
      if (this.left > 0) {
        const here = Math.min(this.left, chunk.length - at);
        if (this.patching) read.patched += here;
        this.left -= here;
        at += here;
        continue;
      }
      // The end of the head may lie across two pieces.
      const before = this.head.length;
      this.head += chunk.toString("latin1", at);
      const end = this.head.indexOf("\r\n\r\n");
      if (end < 0) return read;
      at += end + 4 - before;
      this.patching = this.head.startsWith("PATCH ");
      const [, length] = /\r\ncontent-length: *(\d+)/i.exec(this.head.slice(0, end + 2)) ?? [];
      // A body without a length lasts as long as its connection.
      this.left = length === undefined ? (this.chunked(end) ? Number.POSITIVE_INFINITY : 0) : Number(length);
      if (this.patching && Number.isFinite(this.left)) read.largestPatch = Math.max(read.largestPatch, this.left);
      this.head = "";
    }
    return read;
  }

  private chunked(end: number): boolean {
    return /\r\ntransfer-encoding:/i.test(this.head.slice(0, end + 2));
  }
}
