import type { Page } from "@playwright/test";

/** How often the drafts of this device were saved so far: the sum of their revisions, which rest readable. */
async function savings(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open("mot-cua");
        opening.onsuccess = () => {
          const database = opening.result;
          const all = database.transaction("sealed").objectStore("sealed").getAll();
          all.onsuccess = () => {
            database.close();
            const drafts = (all.result as { kind: string; revision: number }[]).filter((it) => it.kind === "draft");
            resolve(drafts.reduce((sum, it) => sum + it.revision, 0));
          };
        };
      }),
  );
}

/**
 * Runs `act` and waits until what it changed rests on the device: the page says "saved" of what was there before, too, and what was
 * changed just before `act` may be saved by itself.
 */
export async function untilSaved(page: Page, act: () => Promise<void>): Promise<void> {
  const before = await savings(page);
  await act();
  const deadline = Date.now() + 10_000;
  while ((await savings(page)) === before) {
    if (Date.now() > deadline) throw new Error("nothing was saved");
  }
  await page.locator(".saved__yes").waitFor();
}
