import { expect, test } from "../fixtures.ts";
import type { Answer } from "../support/definition.ts";
import { applies, procedureOf } from "../support/definition.ts";
import * as errands from "../support/errands.ts";

// Six procedures from the search box to a dossier code: the real form, filled in with its example by what a person reads.
// What arrives at the server is the example, to the letter.

const cases: [code: string, told: Parameters<typeof errands.errandOf>[1]][] = [
  [
    "1.004222",
    {
      words: "nhap ho khau",
      answered: { dwelling: "family", kinKnown: "unknown" },
      forWhom: "Của chính tôi",
      submitter: errands.lanAnh,
      collect: "Bản điện tử",
    },
  ],
  [
    "1.004194",
    {
      words: "đăng ký tạm trú",
      answered: { registering: "household", dwelling: "rented", homeKnown: "unknown" },
      forWhom: "Của người thân",
      owner: { fullName: "Danh Thị Ngọc", citizenId: "091304002345" },
      submitter: errands.lanAnh,
      collect: "Bản điện tử",
    },
  ],
  [
    "2.000806",
    {
      words: "ket hon voi nguoi nuoc ngoai",
      answered: { parties: "foreigner", service: "no", abroad: "yes", foreignDivorce: "no" },
      forWhom: "Của chính tôi",
      submitter: errands.lanAnh,
      collect: "Tại trung tâm",
    },
  ],
  [
    "1.012789",
    {
      words: "trich luc ban do dia chinh",
      answered: { wanted: "parcel", exempt: "yes" },
      forWhom: "Của người thân",
      owner: { fullName: "Nguyễn Văn Tám", citizenId: "093072004567" },
      submitter: errands.lanAnh,
      collect: "Qua bưu điện",
    },
  ],
  [
    "1.014027",
    {
      words: "tro cap huu tri xa hoi",
      answered: { filer: "kin", age: "75" },
      owner: { fullName: "Lý Thị Sà Rinh", citizenId: "094149000123" },
      submitter: errands.lanAnh,
      collect: "Tại trung tâm",
    },
  ],
  [
    "1.001612",
    {
      words: "mo ho kinh doanh",
      answered: { subject: "family", filer: "authorised", eid: "no" },
      owner: { fullName: "Trần Thị Mỹ Linh", citizenId: "092185003456" },
      submitter: errands.lanAnh,
      collect: "Bản điện tử",
    },
  ],
];

for (const [code, told] of cases) {
  const errand = errands.errandOf(code, told);
  test(`${code} ${errand.title}: from the search box to a dossier code`, async ({ page, pages, sandbox, checkPage }) => {
    test.setTimeout(240_000);
    let step = 0;
    const dossier = await errands.file(pages, errand, async () => {
      step += 1;
      await checkPage(`${errand.form}-${step}`, { snapshot: false });
    });
    const procedure = procedureOf(code);
    const visit = procedure.visit.some((it) => applies(it.when, told.answered));
    await expect(page.getByText(visit ? "Bạn cần đến trung tâm một lần." : "Bạn không cần đến.")).toBeVisible();
    // The police decides what is filed with the police, where the new home is.
    if (procedure.filing.kind === "namedAgency") await expect(page.getByText(/^Công an phường/).first()).toBeVisible();
    await checkPage(`receipt-${errand.form}`);

    const filed = (await sandbox.history()).dossiers.find((it) => it.code === dossier);
    expect(filed?.procedure).toBe(code);
    expect(withoutBlanks(filed?.body.answers)).toEqual(withoutBlanks(errands.answersOf(errand).answers));

    await pages.myDossiers.open();
    await expect(pages.myDossiers.row(dossier).first()).toBeVisible();
  });
}

/** A box that is not ticked says the same as one that nobody touched. */
function withoutBlanks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBlanks);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value as Answer).filter(([, it]) => it !== false);
  return Object.fromEntries(kept.map(([key, it]) => [key, withoutBlanks(it)]));
}
