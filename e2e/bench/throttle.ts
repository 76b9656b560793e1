import type { CDPSession } from "@playwright/test";

/** A poor line: 1.6 Mbit/s down, 150 ms. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };

/** How much slower a cheap phone is than this machine. */
const CPU_SLOWDOWN = 4;

/** Every request from now on goes over Slow 4G. */
export async function slowLine(cdp: CDPSession): Promise<void> {
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", SLOW_4G);
}

/** The page's main thread is slowed down from now on. */
export async function slowCpu(cdp: CDPSession): Promise<void> {
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
}
