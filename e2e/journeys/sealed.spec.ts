import { randomBytes } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import type { Pages } from "../fixtures.ts";
import { BrowserWithProfile } from "../support/browser-with-profile.ts";
import { searchProfile } from "../support/canaries.ts";
import * as errands from "../support/errands.ts";
import { leftovers, root } from "../support/paths.ts";
import { pdfWith } from "../support/pdfs.ts";
import { pagesOf } from "../pages/all.ts";
import { Sandbox } from "../support/sandbox.ts";

// Thirty texts typed or attached, the browser killed, its profile searched.

/** A text that is nowhere by chance: letters only, so that it may also be a name. */
function canary(): string {
  const letters = [...randomBytes(14)].map((byte) => "bcdghklmnpqrstvx".charAt(byte % 16) + "aeiou".charAt((byte >> 4) % 5));
  return `Zu${letters.join("").slice(0, 16)}`;
}

interface Planted {
  canaries: string[];
  errand: errands.ErrandCase;
}

/** A birth registration with a canary in every text it has, in the file's name and in the file. */
function plant(folder: string): Planted {
  const canaries: string[] = [];
  const make = (): string => {
    const text = canary();
    canaries.push(text);
    return text;
  };
  const email = make().toLowerCase();
  canaries[canaries.length - 1] = email;
  const inside = Array.from({ length: 5 }, make);
  const name = make();
  const file = join(folder, `${name}.pdf`);
  writeFileSync(file, pdfWith(inside.join(" ")));
  const province = { code: "92", name: "Thành phố Cần Thơ" };
  const ward = { code: "31120", name: "Phường Cái Khế" };
  const errand: errands.ErrandCase = {
    ...errands.birth,
    case: [["Ai đi khai sinh cho trẻ?", "Ông, bà hoặc người thân thích khác"], ...errands.birth.case.slice(1)],
    owner: { fullName: make() },
    submitter: { ...errands.lanAnh, fullName: make() },
    papers: [["Giấy chứng sinh", [file]]],
    answers: {
      relation: "relative",
      relationOther: make(),
      contactEmail: `${email}@example.com`,
      requesterFullName: make(),
      requesterBirthDate: "01/01/1980",
      requesterIdKind: "other",
      requesterPaperName: make(),
      requesterPaperNumber: make(),
      requesterPaperIssuedOn: "01/01/2020",
      requesterPaperIssuedBy: make(),
      requesterResidence: make(),
      fullName: make(),
      ethnicity: "other",
      ethnicityOther: make(),
      facilityName: make(),
      birthPlace: { province, ward, street: make() },
      homeTown: make(),
      birthPaperNumber: make(),
      birthPaperIssuer: make(),
      motherFullName: make(),
      motherEthnicity: "other",
      motherEthnicityOther: make(),
      motherResidence: { province, ward, street: make() },
      fatherFullName: make(),
      fatherEthnicity: "other",
      fatherEthnicityOther: make(),
      fatherResidence: { province, ward, street: make() },
      marriagePaperNumber: make(),
      marriagePaperAgency: make(),
    },
  };
  return { canaries, errand };
}

/** Fills everything to the check page and waits until it rests on the device. */
async function fillAll(page: Page, pages: Pages, sandbox: Sandbox, errand: errands.ErrandCase): Promise<void> {
  await page.goto(`${sandbox.url}/thu-tuc/${errand.code}`);
  await pages.procedure.ready(errand.title);
  await errands.tellTheCase(pages, errand);
  await pages.procedure.start();
  await errands.tellWho(pages, errand);
  await pages.who.continue();
  const { definition, answers } = errands.answersOf(errand);
  await pages.fill.fill(definition, answers);
  await errands.giveThePapers(pages, errand);
  await pages.papers.continue();
  await pages.check.ready();
  await pages.fill.saved();
}

/** Fills in with a fresh profile, kills the browser, says which canaries rest in the profile. */
async function restingAfterAKill(sandbox: Sandbox, name: string): Promise<{ planted: Planted; profile: string }> {
  const profile = join(leftovers, `profile-${name}`);
  const browser = await BrowserWithProfile.start(profile, { fresh: true });
  try {
    const planted = plant(leftovers);
    expect(planted.canaries).toHaveLength(30);
    const page = await browser.context.newPage();
    await fillAll(page, pagesOf(page), sandbox, planted.errand);
    return { planted, profile };
  } finally {
    await browser.kill();
  }
}

test("nothing that was typed or attached rests readable on the device, and all of it comes back", async ({ sandbox }, testInfo) => {
  test.setTimeout(240_000);
  const { planted, profile } = await restingAfterAKill(sandbox, testInfo.project.name);
  const hits = searchProfile(profile, planted.canaries);
  expect(hits, "canaries readable in the profile").toEqual([]);

  // The same profile after the kill: the filling is where it was, files included.
  const again = await BrowserWithProfile.start(profile);
  try {
    const page = await again.context.newPage();
    const pages = pagesOf(page);
    await page.goto(sandbox.url);
    await pages.home.begun(planted.errand.title).click();
    await pages.check.ready();
    for (const text of [planted.errand.answers?.fullName, planted.errand.answers?.homeTown]) {
      await expect(page.getByRole("main").getByText(String(text)).first()).toBeVisible();
    }
  } finally {
    await again.kill();
  }
});

test("papers that are kept for the next dossier rest sealed, too", async ({ sandbox }, testInfo) => {
  test.setTimeout(240_000);
  const profile = join(leftovers, `profile-wallet-${testInfo.project.name}`);
  const browser = await BrowserWithProfile.start(profile, { fresh: true });
  const planted = plant(leftovers);
  try {
    const page = await browser.context.newPage();
    const pages = pagesOf(page);
    await page.goto(`${sandbox.url}/dang-nhap`);
    await pages.signIn.goTo();
    await pages.signIn.as(errands.lanAnh.fullName);
    await page.waitForURL((url) => !url.pathname.includes("/auth/"));
    await fillAll(page, pages, sandbox, planted.errand);
    await pages.check.continue();
    await errands.tellTheRest(pages, planted.errand);
    await pages.submit.keepPapers();
    await pages.submit.send();
    await pages.receipt.ready();
  } finally {
    await browser.kill();
  }
  expect(searchProfile(profile, planted.canaries), "canaries readable in the profile").toEqual([]);

  const again = await BrowserWithProfile.start(profile);
  try {
    const page = await again.context.newPage();
    await page.goto(`${sandbox.url}/ho-so`);
    await expect(page.getByText(/^Máy này đang giữ kín 1 giấy tờ|^Đã kiểm tra ngày/).first()).toBeVisible();
  } finally {
    await again.kill();
  }
});

test("a page that is left while it opens its store does not keep the next one waiting", async ({ sandbox }, testInfo) => {
  const browser = await BrowserWithProfile.start(join(leftovers, `profile-left-${testInfo.project.name}`), { fresh: true });
  try {
    const page = await browser.context.newPage();
    // The first page that makes the store is left in the middle of making it.
    await page.addInitScript(() => {
      const open = IDBFactory.prototype.open;
      IDBFactory.prototype.open = function (...asked) {
        const request = open.apply(this, asked);
        request.addEventListener("upgradeneeded", () => {
          if (location.pathname !== "/") return;
          location.href = "/ho-so";
          const store = request.result.createObjectStore("unfinished");
          const goOn = (): void => void (store.count().onsuccess = goOn);
          goOn();
        });
        return request;
      };
    });
    await page.goto(sandbox.url);
    await page.waitForURL("**/ho-so");
    await expect(page.getByText("Chưa có việc nào đang khai.")).toBeVisible();
  } finally {
    await browser.kill();
  }
});

test("the search is a search: with sealing off it finds all thirty", async () => {
  test.setTimeout(240_000);
  const unsealed = join(root, "target", "dist-unsealed");
  expect(existsSync(join(unsealed, "index.html")), "built by scripts/build-unsealed.mjs").toBe(true);
  const sandbox = await Sandbox.start({ dist: unsealed });
  try {
    const { planted, profile } = await restingAfterAKill(sandbox, "unsealed");
    const found = new Set(searchProfile(profile, planted.canaries).map((it) => it.canary));
    expect(planted.canaries.filter((it) => !found.has(it)), "canaries not found").toEqual([]);
  } finally {
    await sandbox.stop();
  }
});
