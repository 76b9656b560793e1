import { createHash, randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import * as tus from "tus-js-client";
import { expect, test } from "../fixtures.ts";
import * as errands from "../support/errands.ts";
import { makePhotos } from "../support/photos.ts";
import { TcpProxy } from "../support/tcp-proxy.ts";
import { TusFront } from "../support/tus-front.ts";

// Each side of our uploads against the other side as the protocol's authors wrote it.

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const atTusServer = test.extend<{ front: TusFront }>({
  front: async ({ sandbox }, use, testInfo) => {
    const folder = join(testInfo.outputDir, "tus");
    mkdirSync(folder, { recursive: true });
    const front = await TusFront.before(sandbox.port, folder);
    await use(front);
    await front.close();
  },
  network: async ({ front }, use) => {
    const network = await TcpProxy.to(front.port);
    await use(network);
    await network.close();
  },
  baseURL: async ({ network }, use) => use(network.url),
});

atTusServer(
  "our client at @tus/server: every file arrives as it is, over cuts and restarts of the server",
  async ({ page, pages, network, front, expectConsoleError }, testInfo) => {
    test.setTimeout(240_000);
    expectConsoleError(/Failed to load resource|ERR_/);
    const photos = await makePhotos(page, testInfo.outputDir, 4, 80);
    const errand = { ...errands.birth, papers: [["Giấy chứng sinh", photos]] as [string, string[]][] };
    await pages.signIn.first(errand.submitter.fullName);
    await errands.toThePapers(pages, errand);
    network.throttle(150_000);
    network.cutEach(100_000, 4);
    await errands.giveThePapers(pages, errand);
    await expect.poll(() => network.cuts, { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
    front.restart();
    await pages.papers.sent("Giấy chứng sinh", photos.length);
    expect(network.cuts).toBe(4);
    const whole = front.arrived().filter((it) => it.sha256 === it.announcedSha256);
    expect(new Set(whole.map((it) => it.sha256)).size, "files that are what the device had").toBe(photos.length);
    // A file that is taken out is taken away there, too.
    await pages.papers.removeAll("Giấy chứng sinh");
    await expect.poll(() => front.arrived().filter((it) => it.sha256 === it.announcedSha256)).toEqual([]);
  },
);

test("tus-js-client at our sandbox: cuts, the same content again, and termination", async ({ sandbox }) => {
  test.setTimeout(180_000);
  const network = await TcpProxy.to(sandbox.port);
  try {
    const headers = await signIn(sandbox.url);
    const send = (bytes: Buffer, parallel: Partial<tus.UploadOptions> = {}): Promise<tus.Upload> =>
      new Promise((resolve, reject) => {
        const upload = new tus.Upload(bytes, {
          endpoint: `${network.url}/api/v1/uploads`,
          headers,
          metadata: { requirement: "birthCertificate", filename: "ảnh.jpg", sha256: sha256(bytes) },
          retryDelays: Array.from({ length: 60 }, () => 100),
          onSuccess: () => resolve(upload),
          onError: reject,
          ...parallel,
        });
        upload.start();
      });
    const told = async (upload: tus.Upload): Promise<string | null> => {
      const answer = await fetch(upload.url ?? "", { method: "HEAD", headers: { ...headers, "Tus-Resumable": "1.0.0" } });
      return answer.headers.get("upload-sha256");
    };

    // One stream for the whole file, then chunks: both are cut again and again.
    for (const options of [{}, { chunkSize: 256 * 1024 }]) {
      const bytes = randomBytes(6_000_000);
      const cuts = network.cuts;
      const cutting = setInterval(() => network.cutAfterSending(Math.floor(Math.random() * 400_000)), 40);
      network.throttle(4_000_000);
      const upload = await send(bytes, options).finally(() => clearInterval(cutting));
      network.comeBack();
      expect(network.cuts - cuts, "connections cut").toBeGreaterThanOrEqual(5);
      expect(await told(upload), "what the server has").toBe(sha256(bytes));
    }

    const before = (await sandbox.history()).storedBytes;
    const bytes = randomBytes(300_000);
    const first = await send(bytes);
    const again = await send(bytes);
    expect(again.url).not.toBe(first.url);
    expect(await told(again)).toBe(sha256(bytes));
    expect((await sandbox.history()).storedBytes - before, "stored once").toBe(bytes.length);
    await first.abort(true);
    expect(await told(again), "the other still has it").toBe(sha256(bytes));
    await again.abort(true);
    expect((await sandbox.history()).storedBytes).toBe(before);
    expect(await told(again)).toBeNull();
  } finally {
    await network.close();
  }
});

/** What a request of somebody who is signed in carries. */
async function signIn(url: string): Promise<Record<string, string>> {
  const answer = await fetch(`${url}/auth/login`, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: "subject=lan-anh&return=/",
  });
  const cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const session = (await (await fetch(`${url}/api/v1/session`, { headers: { Cookie: cookie } })).json()) as { csrfToken: string };
  return { Cookie: cookie, "X-CSRF-Token": session.csrfToken };
}
