import type { Page } from "@playwright/test";
import type { Pages } from "../pages/all.ts";
import type { Person } from "../pages/who-page.ts";
import type { Answer } from "./definition.ts";
import { applies, formWithAnswers, procedureOf } from "./definition.ts";
import { sample } from "./paths.ts";

/** One errand as a citizen would tell it. */
export interface ErrandCase {
  /** Code of the procedure. */
  code: string;
  /** What is typed into the search box. */
  words: string;
  /** Plain title of the procedure. */
  title: string;
  /** Case questions and what is chosen. */
  case: [question: string, option: string][];
  /** Id of the form, whose example answers are filled in; none for what is done at the counter only. */
  form?: string;
  /** Answers that differ from the example. */
  answers?: Answer;
  /** Whose matter it is, where no case question has told it. */
  forWhom?: string;
  /** The owner, where it is not the one who files. */
  owner?: Person;
  /** The one who files. */
  submitter: Person;
  /** Papers and the files given for each. */
  papers: [paper: string, files: string[]][];
  /** How the result is collected. */
  collect: string;
}

/** The test citizen who signs in to file; nobody real. */
export const lanAnh = { fullName: "Nguyễn Thị Lan Anh", citizenId: "092190001234", phone: "0912345678" };

/** Another test citizen. */
export const otherCitizen = { fullName: "Trần Văn Hùng", citizenId: "092085004321", phone: "0912345677" };

export const maritalStatus: ErrandCase = {
  code: "1.004873",
  words: "giay doc than",
  title: "Xin giấy xác nhận tình trạng hôn nhân",
  case: [
    ["Bạn xin giấy này cho ai?", "Cho chính tôi"],
    ["Người đó đã từng được cấp giấy này chưa?", "Rồi, và còn giữ giấy đó"],
    ["Người đó đã từng đăng ký thường trú ở nhiều nơi khác nhau chưa?", "Chưa, chỉ một nơi"],
  ],
  form: "marital-status-certificate",
  submitter: lanAnh,
  papers: [["Giấy xác nhận tình trạng hôn nhân đã cấp trước đây", [sample("giay-chung-sinh.jpg")]]],
  collect: "Bản điện tử",
};

export const birth: ErrandCase = {
  code: "1.001193",
  words: "làm khai sinh cho con",
  title: "Đăng ký khai sinh",
  case: [
    ["Ai đi khai sinh cho trẻ?", "Cha hoặc mẹ"],
    ["Trẻ thuộc trường hợp nào?", "Trẻ do mẹ sinh ra, như thông thường"],
    ["Có giấy tờ gì về việc sinh?", "Giấy chứng sinh bản giấy"],
  ],
  form: "birth-registration",
  owner: { fullName: "Trần Minh Khôi" },
  submitter: lanAnh,
  papers: [["Giấy chứng sinh", [sample("giay-chung-sinh.jpg"), sample("giay-chung-sinh-nam-ngang.jpg")]]],
  collect: "Bản điện tử",
};

export const marriage: ErrandCase = {
  code: "1.000894",
  words: "dang ky ket hon",
  title: "Đăng ký kết hôn",
  case: [
    ["Nơi cư trú của hai bên trên VNeID có đúng không?", "Đúng, hoặc không rõ"],
    ["Có bên nào đã ly hôn hoặc hủy việc kết hôn ở nước ngoài không?", "Không"],
  ],
  form: "marriage-registration",
  forWhom: "Của chính tôi",
  submitter: lanAnh,
  papers: [],
  collect: "Tại trung tâm",
};

export const death: ErrandCase = {
  code: "1.000656",
  words: "báo tử",
  title: "Đăng ký khai tử",
  case: [
    ["Ai đi khai tử?", "Vợ, chồng, con, cha, mẹ hoặc người thân thích khác"],
    ["Có giấy tờ gì về việc chết?", "Giấy báo tử hoặc giấy tờ thay Giấy báo tử"],
    ["Có biết nơi cư trú cuối cùng của người chết không?", "Có"],
  ],
  form: "death-registration",
  owner: { fullName: "Nguyễn Văn Bảy" },
  submitter: lanAnh,
  papers: [["Giấy báo tử hoặc giấy tờ thay thế", [sample("hai-trang.pdf")]]],
  collect: "Qua bưu điện",
};

export const civilStatusCopy: ErrandCase = {
  code: "2.000635",
  words: "trich luc khai sinh",
  title: "Xin bản sao giấy khai sinh",
  case: [
    ["Bạn xin bản sao cho ai?", "Cho chính tôi"],
    ["Bạn còn bản cũ hoặc ảnh của giấy đó không?", "Không"],
  ],
  form: "civil-status-copy",
  submitter: lanAnh,
  papers: [],
  collect: "Bản điện tử",
};

/** A household business, filed for Lan Anh by somebody she authorised: the only errand that asks for a card. */
export const householdBusiness: ErrandCase = {
  code: "1.001612",
  words: "mo ho kinh doanh",
  title: "Mở hộ kinh doanh (đăng ký thành lập hộ kinh doanh)",
  case: [
    ["Ai lập hộ kinh doanh?", "Một mình tôi"],
    ["Ai nộp hồ sơ?", "Một người được ủy quyền"],
    ["Chủ hộ đã có tài khoản định danh điện tử (VNeID) chưa?", "Chưa có"],
  ],
  form: "household-business",
  answers: { fullName: lanAnh.fullName, citizenId: lanAnh.citizenId, birthDate: "15/03/1990" },
  owner: { fullName: lanAnh.fullName, citizenId: lanAnh.citizenId },
  submitter: { fullName: "Lê Văn Út", citizenId: "092083001111", phone: "0912345679" },
  papers: [],
  collect: "Bản điện tử",
};

/** The birth registration with most papers: somebody authorised, for a child born by surrogacy. */
export const birthBySurrogacy = (certificate: string[], surrogacy: string[], authorisation: string[]): ErrandCase => ({
  ...birth,
  case: [
    ["Ai đi khai sinh cho trẻ?", "Người được cha, mẹ ủy quyền"],
    ["Trẻ thuộc trường hợp nào?", "Trẻ sinh ra do mang thai hộ"],
    ["Có giấy tờ gì về việc sinh?", "Giấy chứng sinh bản giấy"],
  ],
  papers: [
    ["Giấy chứng sinh", certificate],
    ["Xác nhận của cơ sở y tế về việc mang thai hộ", surrogacy],
    ["Văn bản ủy quyền", authorisation],
  ],
});

/** What the data of a procedure does not tell of an errand. */
type Told = Pick<ErrandCase, "words" | "forWhom" | "owner" | "submitter" | "collect"> & { answered: Record<string, string> };

/** An errand by the keys of its case questions; each paper that this case needs is given another sample. */
export function errandOf(code: string, { answered, ...told }: Told): ErrandCase {
  const procedure = procedureOf(code);
  const samples = ["giay-chung-sinh.jpg", "hai-trang.pdf", "tinh-trang-hon-nhan.png", "giay-chung-sinh-nam-ngang.jpg"].map(sample);
  const needed = procedure.papers.filter((it) => it.how === "upload" && !it.optional && applies(it.when, answered));
  return {
    ...told,
    code,
    title: procedure.title.vi,
    form: procedure.form?.id,
    case: procedure.questions
      .filter((it) => answered[it.key] !== undefined)
      .map((it) => [it.text.vi, it.options.find((option) => option.value === answered[it.key])?.label.vi ?? ""]),
    papers: needed.map((it, at) => [it.title.vi, [samples[at] ?? ""]]),
  };
}

/** From home to the page after the form. */
async function toTheEndOfTheForm(pages: Pages, errand: ErrandCase, at?: (step: string) => Promise<void>): Promise<void> {
  await find(pages, errand);
  await tellTheCase(pages, errand);
  await pages.procedure.start();
  await tellWho(pages, errand);
  await pages.who.continue();
  const { definition, answers } = answersOf(errand);
  await pages.fill.fill(definition, answers, at);
}

/** From home to the papers, the form filled. */
export async function toThePapers(pages: Pages, errand: ErrandCase): Promise<void> {
  await toTheEndOfTheForm(pages, errand);
  await pages.papers.ready();
}

/** To the papers of a household business, its owner described, the rest of the form left for later; the card's name. */
export async function toTheCard(page: Page, pages: Pages): Promise<string> {
  await find(pages, householdBusiness);
  await tellTheCase(pages, householdBusiness);
  await pages.procedure.start();
  await tellWho(pages, householdBusiness);
  await pages.who.continue();
  const { definition, answers } = answersOf(householdBusiness);
  await pages.fill.fillUntil(definition, answers, "Tên hộ kinh doanh");
  await page.goto(page.url().replace(/[^/]+$/, "giay-to"));
  await pages.papers.ready();
  return "Ảnh thẻ căn cước của chủ hộ (người ủy quyền)";
}

/** From home to the page of the procedure, by the search box. */
export async function find(pages: Pages, errand: ErrandCase): Promise<void> {
  await pages.home.open();
  await pages.home.search(errand.words);
  await pages.home.choose(errand.title);
  await pages.procedure.ready(errand.title);
}

/** Answers the case questions and sees what is needed. */
export async function tellTheCase(pages: Pages, errand: ErrandCase): Promise<void> {
  for (const [question, option] of errand.case) await pages.procedure.answer(question, option);
  await pages.procedure.seePapers();
}

/** Whose matter it is and who files it. */
export async function tellWho(pages: Pages, errand: ErrandCase): Promise<void> {
  await pages.who.ready();
  if (errand.forWhom !== undefined) await pages.who.forWhom(errand.forWhom);
  if (errand.owner) {
    await pages.who.person("Chủ hồ sơ", errand.owner);
    await pages.who.person("Người nộp hồ sơ", errand.submitter);
  } else {
    await pages.who.person("Thông tin của bạn", errand.submitter);
  }
}

/** The answers of one errand: the example's, with what differs. */
export function answersOf(errand: ErrandCase): ReturnType<typeof formWithAnswers> {
  if (errand.form === undefined) throw new Error(`${errand.code} has no form`);
  const { definition, answers } = formWithAnswers(errand.form);
  return { definition, answers: { ...answers, ...errand.answers } };
}

/** Gives every paper and waits until each file is found good. */
export async function giveThePapers(pages: Pages, errand: ErrandCase): Promise<void> {
  await pages.papers.ready();
  for (const [paper, files] of errand.papers) {
    await pages.papers.give(paper, ...files);
    await pages.papers.accepted(paper, files.length);
  }
}

/** From home to "check your answers", without looking left or right but for `at` on each step of the form. */
export async function prepare(pages: Pages, errand: ErrandCase, at?: (step: string) => Promise<void>): Promise<void> {
  await toTheEndOfTheForm(pages, errand, at);
  if (errand.papers.length > 0) {
    await giveThePapers(pages, errand);
    await pages.papers.continue();
  }
  await pages.check.ready();
}

/** On the submit page: how the result is collected, and the declaration. */
export async function tellTheRest(pages: Pages, errand: ErrandCase): Promise<void> {
  await pages.submit.ready();
  await pages.submit.collect(errand.collect);
  if (errand.collect === "Tại trung tâm") await pages.submit.collectAt("ninh kieu", "Ninh Kiều");
  if (errand.collect === "Qua bưu điện") await pages.submit.collectBy("12 Trần Văn Hoài, phường Ninh Kiều");
  await pages.submit.declare();
}

/** From "check your answers" to just before the last button: collect, declare, sign in, and declare as that person. */
export async function reachTheLastButton(pages: Pages, errand: ErrandCase): Promise<void> {
  await pages.check.continue();
  await tellTheRest(pages, errand);
  await pages.submit.signIn();
  await pages.signIn.as(errand.submitter.fullName);
  await pages.submit.ready();
  await pages.submit.declare();
}

/** The whole errand to its receipt; the dossier code. */
export async function file(pages: Pages, errand: ErrandCase, at?: (step: string) => Promise<void>): Promise<string> {
  await prepare(pages, errand, at);
  await reachTheLastButton(pages, errand);
  await pages.submit.send();
  await pages.receipt.ready();
  return pages.receipt.code();
}
