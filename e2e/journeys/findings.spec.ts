import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import * as errands from "../support/errands.ts";
import { root, sample } from "../support/paths.ts";
import { changedAfterSigning, pdfWith } from "../support/pdfs.ts";
import { draw } from "../support/pictures.ts";
import type { Fault } from "../support/pictures.ts";

// Every finding as a citizen meets it: the sentence, and the way out. A blocked file never crosses the network.

/** A file as the system's chooser hands it over. */
interface Given {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** What raises a finding, and what is said. */
interface Raised {
  make: (page: Page) => Promise<Given> | Given;
  says: RegExp;
}

const jpeg = (buffer: Buffer, name = "anh.jpg"): Given => ({ name, mimeType: "image/jpeg", buffer });
const pdf = (buffer: Buffer, name = "tep.pdf"): Given => ({ name, mimeType: "application/pdf", buffer });
const of = (name: string, mimeType: string): Given => ({ name, mimeType, buffer: readFileSync(sample(name)) });
const spoiled =
  (fault: Fault, name: string): Raised["make"] =>
  async (page) =>
    jpeg(await draw(page, { fault, text: name }), `${name}.jpg`);

/** The code of the card of the test citizen, as on a card of 2021. */
const cardCode = "092190001234||Nguyễn Thị Lan Anh|15031990|Nữ|12 Trần Văn Hoài, Cần Thơ|03042021";

const blocking: Record<string, Raised> = {
  Empty: { make: () => of("rong.jpg", "image/jpeg"), says: /Tệp này không có nội dung\. Bạn chụp lại/ },
  TooLarge: {
    make: () => pdf(pdfWith("nang", "", [`<< /Length 7000000 >>\nstream\n${"0".repeat(7_000_000)}\nendstream`])),
    says: /Tệp này nặng 7,1 MB, quá mức 6,0 MB\. Bạn chụp lại/,
  },
  KindNotAccepted: { make: () => of("anh-web.webp", "image/webp"), says: /Chỗ này chỉ nhận ảnh JPG, PNG hoặc tệp PDF\. Bạn chụp ảnh/ },
  Truncated: { make: () => of("bi-cat.jpg", "image/jpeg"), says: /thiếu phần cuối\. Bạn chụp lại/ },
  Damaged: {
    make: () => {
      const png = readFileSync(sample("tinh-trang-hon-nhan.png"));
      png.fill(0xaa, 2_000, 2_400);
      return { name: "hong.png", mimeType: "image/png", buffer: png };
    },
    says: /Tệp này không mở được\. Bạn chụp lại/,
  },
  PasswordNeeded: { make: () => of("co-mat-khau.pdf", "application/pdf"), says: /đang đặt mật khẩu\. Bạn bỏ mật khẩu/ },
  ActiveContent: {
    make: () => pdf(pdfWith("tu chay", "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")),
    says: /có phần tự chạy nên không nhận được\. Bạn chụp ảnh/,
  },
  Polyglot: {
    make: () => jpeg(Buffer.concat([readFileSync(sample("giay-chung-sinh.jpg")), pdfWith("hai loai")])),
    says: /lẫn hai loại nội dung nên không nhận được\. Bạn chụp ảnh/,
  },
  PixelFlood: {
    make: () => {
      const png = readFileSync(sample("tinh-trang-hon-nhan.png"));
      png.writeUInt32BE(60_000, 16);
      png.writeUInt32BE(60_000, 20);
      return { name: "lon-qua.png", mimeType: "image/png", buffer: png };
    },
    says: /Ảnh này lớn quá\. Bạn chụp lại/,
  },
  TooSmall: { make: () => of("qua-nho.jpg", "image/jpeg"), says: /Ảnh này nhỏ quá, khó đọc chữ\. Bạn chụp lại gần hơn/ },
};

/** Those of which the citizen may say "use it all the same". */
const asking: Record<string, Raised> = {
  Blurred: { make: spoiled("blurred", "mo"), says: /Ảnh bị mờ\. Bạn giữ yên máy và chụp lại/ },
  TooDark: { make: spoiled("dark", "toi"), says: /Ảnh tối quá\. Bạn chụp lại ở chỗ sáng hơn/ },
  TooBright: { make: spoiled("bright", "sang"), says: /Ảnh quá sáng nên chữ bị nhạt\. Bạn chụp lại/ },
  Glare: { make: spoiled("glare", "loa"), says: /Giấy bị lóa.* Bạn nghiêng giấy/ },
  LowContrast: { make: spoiled("faint", "nhat"), says: /Chữ trong ảnh nhạt quá\. Bạn chụp lại/ },
  CutOff: { make: spoiled("cut", "cat"), says: /Ảnh thiếu một phần giấy\. Bạn chụp lại cho thấy đủ bốn góc/ },
  Skewed: { make: spoiled("skewed", "nghieng"), says: /Giấy trong ảnh bị nghiêng\. Bạn đặt giấy ngay ngắn/ },
  Screenshot: { make: spoiled("screen", "man-hinh"), says: /Đây là ảnh chụp màn hình\. Bạn chụp lại chính tờ giấy/ },
};

/** Those that are only told. */
const told: Record<string, Raised> = {
  NameMismatch: { make: () => of("that-ra-la-pdf.jpg", "image/jpeg"), says: /Tên tệp không khớp với nội dung: đây là PDF\. Tệp vẫn gửi được/ },
  XfaForm: { make: () => pdf(pdfWith("xfa", "/AcroForm << /XFA (x) /Fields [] >>")), says: /mẫu điền sẵn kiểu cũ \(XFA\).* Bạn mở bằng Adobe Reader/ },
  ChangedAfterSigning: { make: () => pdf(changedAfterSigning()), says: /đã ký số nhưng có phần được thêm vào sau chữ ký\. Bạn chọn bản gốc/ },
};

/** Those that need another paper, other answers or a dead worker; each has a test of its own below. */
const elsewhere = ["LowResolution", "SameSide", "SameFile", "QrDiffers", "NotChecked"];

const certificate = "Giấy chứng sinh";

test("the lists below are all findings there are", () => {
  const source = readFileSync(join(root, "src", "contract", "document.rs"), "utf8");
  const codes = /pub enum FindingCode \{([\s\S]*?)\n\}/.exec(source)?.[1] ?? "";
  const all = [...codes.matchAll(/^ {4}([A-Z]\w+),/gm)].map((it) => it[1] ?? "");
  const listed = [blocking, asking, told].flatMap((it) => Object.keys(it)).concat(elsewhere);
  expect(listed.toSorted()).toEqual(all.toSorted());
});

test("a file that cannot be accepted is refused with what to do, and no byte of it crosses the network", async ({ page, pages, checkPage }) => {
  test.setTimeout(240_000);
  const uploads: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/v1/uploads") && request.method() !== "DELETE") uploads.push(request.method());
  });
  await pages.signIn.first(errands.birth.submitter.fullName);
  await errands.toThePapers(pages, errands.birth);
  const paper = pages.papers.paper(certificate);
  for (const [code, { make, says }] of Object.entries(blocking)) {
    const file = await make(page);
    await test.step(code, async () => {
      await pages.papers.giveMade(certificate, file);
      await expect(paper.getByRole("alert").getByText(says).first()).toBeVisible({ timeout: 20_000 });
      await expect(paper.getByRole("listitem"), "nothing is kept").toHaveCount(0);
    });
  }
  await checkPage("findings-refused", { snapshot: false });
  expect(uploads, "requests for a refused file").toEqual([]);
  // The way out is the same for all: another file, and the refusal is gone.
  await pages.papers.give(certificate, sample("giay-chung-sinh.jpg"));
  await pages.papers.accepted(certificate);
  await expect(paper.getByRole("alert")).toHaveCount(0);
  await pages.papers.sent(certificate);
  expect(uploads.length).toBeGreaterThan(0);
  await pages.papers.continue();
  await pages.check.ready();
});

test("what is judged from pixels is asked about: taken again, or used all the same, which travels with the file", async ({
  page,
  pages,
  sandbox,
  checkPage,
}) => {
  test.setTimeout(300_000);
  await pages.signIn.first(errands.birth.submitter.fullName);
  await errands.toThePapers(pages, errands.birth);
  const paper = pages.papers.paper(certificate);
  for (const [code, { make, says }] of Object.entries(asking)) {
    const file = await make(page);
    await test.step(code, async () => {
      await pages.papers.giveMade(certificate, file);
      await pages.papers.accepted(certificate);
      await expect(paper.getByText(says).first()).toBeVisible();
      // One cannot go on without a look at it.
      await pages.papers.continue();
      await expect(pages.fill.summary).toBeFocused();
      await expect(pages.fill.summary.getByRole("link", { name: new RegExp(file.name) })).toBeVisible();
      if (code === "Blurred") await checkPage("findings-blurred", { snapshot: false });
      await pages.papers.removeAll(certificate);
      await expect(paper.getByText(says)).toHaveCount(0);
    });
  }
  const blurred = await asking.Blurred?.make(page);
  if (blurred) await pages.papers.giveMade(certificate, blurred);
  await pages.papers.accepted(certificate);
  await pages.papers.useAllTheSame();
  await expect(paper.getByText("Bạn đã xem và vẫn dùng ảnh này.")).toBeVisible();
  await checkPage("findings-used-all-the-same", { snapshot: false });
  await pages.papers.continue();
  await pages.check.ready();
  await pages.check.continue();
  await errands.tellTheRest(pages, errands.birth);
  await pages.submit.send();
  await pages.receipt.ready();
  const files = (await sandbox.history()).dossiers.at(-1)?.body.files as { overridden?: string[] }[];
  expect(files.map((it) => it.overridden)).toEqual([["blurred"]]);
});

test("what is only told does not hold anybody up", async ({ page, pages, checkPage }) => {
  test.setTimeout(180_000);
  await errands.toThePapers(pages, errands.birth);
  const paper = pages.papers.paper(certificate);
  for (const [code, { make, says }] of Object.entries(told)) {
    const file = await make(page);
    await test.step(code, async () => {
      await pages.papers.giveMade(certificate, file);
      await expect(paper.getByText(says).first()).toBeVisible();
    });
  }
  await pages.papers.accepted(certificate, Object.keys(told).length);
  await checkPage("findings-told", { snapshot: false });
  await pages.papers.continue();
  await pages.check.ready();
});

test("the same file for two papers is asked about until one of them is gone", async ({ page, pages, checkPage }) => {
  test.setTimeout(180_000);
  const surrogacy = "Xác nhận của cơ sở y tế về việc mang thai hộ";
  const [one, other] = [jpeg(await draw(page, { text: "một" }), "mot.jpg"), jpeg(await draw(page, { text: "hai" }), "hai.jpg")];
  await errands.toThePapers(pages, errands.birthBySurrogacy([], [], []));
  await pages.papers.giveMade(certificate, one);
  await pages.papers.accepted(certificate);
  // The same bytes under another name.
  await pages.papers.giveMade(surrogacy, { ...one, name: "khac.jpg" });
  await pages.papers.accepted(surrogacy);
  const warning = page.getByText("Tệp này đã được chọn cho một giấy tờ khác. Bạn xem lại có đúng giấy này không.");
  await expect(pages.papers.paper(surrogacy).getByText("Tệp này đã được chọn cho một giấy tờ khác")).toBeVisible();
  await checkPage("findings-same-file", { snapshot: false });
  await pages.papers.removeAll(certificate);
  await expect(warning).toHaveCount(0);
  await pages.papers.giveMade(certificate, other);
  await pages.papers.accepted(certificate);
  await expect(warning).toHaveCount(0);
});

test("a card is compared: far away, the same side twice, another person's, corrected", async ({ page, pages, checkPage }) => {
  test.setTimeout(300_000);
  const card = await errands.toTheCard(page, pages);
  const paper = pages.papers.paper(card);
  const picture = async (name: string, more: object): Promise<Given> =>
    jpeg(await draw(page, { size: [2000, 1500], paper: "card", text: name, ...more }), `${name}.jpg`);

  // LowResolution: the card was found, and is too small to be read.
  await pages.papers.giveMade(card, await picture("xa", { size: [1200, 900], fault: "far" }));
  await expect(paper.getByRole("alert").getByText(/Ảnh chụp xa quá, chữ nhỏ không đọc được\. Bạn chụp lại gần hơn/)).toBeVisible();

  // SameSide: the code of a card of 2021 is on its front.
  await pages.papers.giveMade(card, await picture("mat-truoc", { code: cardCode }));
  await pages.papers.accepted(card);
  await pages.papers.giveMade(card, await picture("van-mat-truoc", { code: cardCode }));
  await pages.papers.accepted(card, 2);
  await expect(paper.getByText("Hai ảnh này là cùng một mặt của thẻ, mặt có mã QR. Bạn bỏ bớt một ảnh rồi chụp mặt sau.")).toBeVisible();
  await checkPage("findings-same-side", { snapshot: false });
  await pages.papers.remove(card, "van-mat-truoc.jpg");
  await pages.papers.giveMade(card, await picture("mat-sau", {}));
  await pages.papers.accepted(card, 2);
  await expect(paper.getByText("cùng một mặt")).toHaveCount(0);
  await expect(paper.getByText("Mã QR trên thẻ")).toHaveCount(0);
  await pages.papers.removeAll(card);

  // QrDiffers: number, name, birth date, each with both.
  const others: [code: string, says: string][] = [
    [cardCode.replace("092190001234", "092190001243"), "Mã QR trên thẻ ghi số định danh 092 190 001 243, còn bạn điền 092 190 001 234."],
    [cardCode.replace("Lan Anh", "Lan Chi"), "Mã QR trên thẻ ghi tên “Nguyễn Thị Lan Chi”, còn bạn điền “Nguyễn Thị Lan Anh”."],
    [cardCode.replace("15031990", "16031990"), "Mã QR trên thẻ ghi ngày sinh 16/03/1990, còn bạn điền 15/03/1990."],
  ];
  for (const [index, [code, says]] of others.entries()) {
    await pages.papers.giveMade(card, await picture(`khac-${index}`, { code }));
    await pages.papers.accepted(card);
    await expect(paper.getByText(says)).toBeVisible();
    if (index === 0) await checkPage("findings-card-differs", { snapshot: false });
    if (index < others.length - 1) await pages.papers.removeAll(card);
  }
  await pages.papers.useAllTheSame();
  await expect(paper.getByText("Bạn đã xem và vẫn dùng ảnh này.")).toBeVisible();
});

test.describe("a worker that hangs", () => {
  test("is replaced, the picture is not taken, a PDF goes on with a word, and the page works on", async ({ page, pages }) => {
    test.setTimeout(240_000);
    // The first two questions are lost on their way.
    await page.addInitScript(() => {
      const post = Worker.prototype.postMessage;
      let lost = 2;
      Worker.prototype.postMessage = function (this: Worker, ...message: unknown[]) {
        if (lost > 0 && sessionStorage.getItem("lose") === "yes") {
          lost -= 1;
          return;
        }
        (post as (...message: unknown[]) => void).apply(this, message);
      };
    });
    await errands.toThePapers(pages, errands.birth);
    await page.evaluate(() => sessionStorage.setItem("lose", "yes"));
    const paper = pages.papers.paper(certificate);
    await pages.papers.give(certificate, sample("giay-chung-sinh.jpg"));
    await expect(paper.getByRole("alert").getByText("Máy chưa kiểm tra được tệp này. Bạn thử chọn lại tệp.")).toBeVisible({ timeout: 20_000 });
    await pages.papers.give(certificate, sample("hai-trang.pdf"));
    await expect(paper.getByRole("listitem").getByText("Máy chưa kiểm tra được tệp này. Bạn thử chọn lại tệp.")).toBeVisible({ timeout: 20_000 });
    await pages.papers.give(certificate, sample("giay-chung-sinh.jpg"));
    await pages.papers.accepted(certificate, 2);
    await expect(paper.getByRole("alert")).toHaveCount(0);
    await pages.papers.continue();
    await pages.check.ready();
  });
});
