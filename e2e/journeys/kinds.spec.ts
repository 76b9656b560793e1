import { expect, test } from "../fixtures.ts";

// Every kind of field, by the keyboard or by what a screen reader names, on the page for people who write forms.

const text = (key: string, label: string, more: object = {}) => ({ type: "textfield", key, label, input: true, ...more });

const definition = {
  display: "form",
  components: [
    text("name", "Họ tên", { properties: { format: "full-name" }, validate: { required: true } }),
    { type: "time", key: "hour", label: "Giờ hẹn", input: true },
    { type: "url", key: "site", label: "Trang mạng", input: true },
    { type: "tags", key: "crops", label: "Cây trồng", input: true, storeas: "array" },
    {
      type: "survey",
      key: "views",
      label: "Ý kiến",
      input: true,
      questions: [{ label: "Thái độ phục vụ", value: "manner" }],
      values: [
        { label: "Tốt", value: "good" },
        { label: "Chưa tốt", value: "bad" },
      ],
    },
    {
      type: "table",
      key: "rooms",
      label: "Phòng",
      input: false,
      numRows: 1,
      numCols: 2,
      header: ["Tầng", "Diện tích"],
      rows: [[{ components: [text("floor", "Tầng mấy")] }, { components: [{ type: "number", key: "area", label: "Mét vuông", input: true }] }]],
    },
    { type: "tabs", key: "parts", label: "Phần", input: false, components: [{ key: "one", label: "Phần một", components: [text("inTab", "Trong phần một")] }] },
    {
      type: "editgrid",
      key: "children",
      label: "Con",
      input: true,
      components: [
        text("child", "Tên con", { validate: { required: true } }),
        { type: "datagrid", key: "toys", label: "Đồ chơi", input: true, components: [text("toy", "Tên đồ chơi")] },
      ],
    },
    {
      type: "select",
      key: "district",
      label: "Địa bàn",
      input: true,
      data: { values: Array.from({ length: 400 }, (_, index) => ({ value: `d${index}`, label: `Địa bàn số ${index}` })) },
    },
    { type: "signature", key: "signed", label: "Chữ ký", input: true, validate: { required: true } },
  ],
};

test("every kind of field is answered without a mouse, and is checked", async ({ page, pages, checkPage }) => {
  test.setTimeout(120_000);
  await pages.preview.open();
  await pages.preview.show(JSON.stringify(definition));
  const form = pages.preview.form;

  await form.getByRole("button", { name: "Kiểm tra câu trả lời" }).click();
  const summary = form.getByRole("alert");
  await expect(summary).toContainText("Họ tên");
  await expect(summary).toContainText("Chữ ký");
  await checkPage("kinds-with-problems", { snapshot: false });

  const name = form.getByRole("textbox", { name: "Họ tên", exact: true });
  await name.fill("nguyễn thị lụa");
  await page.keyboard.press("Tab");
  // An offer, never a rewriting.
  await expect(name).toHaveValue("nguyễn thị lụa");
  await form.getByRole("button", { name: "Ghi lại thành “Nguyễn Thị Lụa”" }).click();
  await expect(name).toHaveValue("Nguyễn Thị Lụa");

  await form.getByLabel("Giờ hẹn").fill("14:30");
  await form.getByLabel("Trang mạng").fill("https://cantho.gov.vn");
  const crops = form.getByLabel("Cây trồng");
  for (const crop of ["Lúa", "Sầu riêng"]) {
    await crops.fill(crop);
    await page.keyboard.press("Enter");
  }
  await form.getByRole("button", { name: "Bỏ Lúa" }).click();
  await expect(crops).toBeFocused();
  await form.getByRole("radiogroup", { name: "Thái độ phục vụ" }).getByRole("radio", { name: "Tốt", exact: true }).check();
  await form.getByLabel("Tầng mấy").fill("2");
  await form.getByLabel("Mét vuông").fill("35,5");
  await form.getByLabel("Trong phần một").fill("có");

  // A row cannot be kept while something in it is wrong; kept, it is a card that opens again.
  await form.getByRole("button", { name: "Thêm con" }).click();
  await form.getByRole("button", { name: "Xong dòng này" }).click();
  await expect(form.getByText("Bạn cần điền “Tên con”.").first()).toBeVisible();
  await form.getByLabel("Tên con").fill("Bé Na");
  // A fresh list has its first row on screen.
  await form.getByLabel("Tên đồ chơi").fill("Diều");
  await form.getByRole("button", { name: "Xong dòng này" }).click();
  await expect(form.getByText("Bé Na")).toBeVisible();
  await expect(form.getByLabel("Tên con")).toHaveCount(0);

  // Four hundred entries, and only what is found is drawn.
  const district = form.getByLabel("Địa bàn");
  await district.pressSequentially("dia ban so 39");
  await expect(form.getByRole("listitem").getByRole("button", { name: /^Địa bàn số/ })).toHaveCount(11);
  await form.getByRole("button", { name: "Địa bàn số 399" }).press("Enter");
  await expect(form.getByRole("button", { name: "Bỏ Địa bàn số 399" })).toBeVisible();

  await form.getByLabel("Hoặc gõ họ tên thay cho chữ ký").fill("Nguyễn Thị Lụa");
  await page.keyboard.press("Tab");
  await expect(form.getByRole("img", { name: "Chữ ký của bạn" })).toBeVisible();

  await form.getByRole("button", { name: "Kiểm tra câu trả lời" }).click();
  await expect(form.getByText("Các câu trả lời đã hợp lệ.")).toBeVisible();
  await form.getByText("Dữ liệu sẽ nộp").click();
  const data = JSON.parse((await form.locator("pre").textContent()) ?? "{}");
  expect(data).toMatchObject({
    name: "Nguyễn Thị Lụa",
    hour: "14:30:00",
    site: "https://cantho.gov.vn",
    crops: ["Sầu riêng"],
    views: { manner: "good" },
    floor: "2",
    area: 35.5,
    inTab: "có",
    children: [{ child: "Bé Na", toys: [{ toy: "Diều" }] }],
    district: "d399",
  });
  expect(data.signed).toMatch(/^data:image\/png;base64,/);
  await checkPage("kinds-answered", { snapshot: false });
});

const number = (key: string, label: string) => ({ type: "number", key, label, input: true, validate: { required: true } });
const stays = (more: object = {}) => ({
  type: "editgrid",
  key: "stays",
  label: "Lần lưu trú",
  input: true,
  components: [number("from", "Từ năm"), number("to", "Đến năm")],
  validate: { row: "valid = row.to >= row.from ? true : 'Năm đến phải từ năm đi trở về sau.'" },
  ...more,
});

test("a row is kept once nothing is wrong in it; the rule of the whole row is told beside the row", async ({ pages, checkPage }) => {
  await pages.preview.open();
  await pages.preview.show(JSON.stringify({ display: "form", components: [stays()] }));
  const form = pages.preview.form;
  await form.getByRole("button", { name: "Thêm lần lưu trú" }).click();
  const row = form.getByRole("group", { name: "Lần lưu trú, dòng 1" });
  await row.getByLabel("Từ năm").fill("2020");
  await row.getByLabel("Đến năm").fill("2018");
  await expect(form.getByText("Năm đến phải từ năm đi trở về sau.")).toHaveCount(0);
  await row.getByRole("button", { name: "Xong dòng này" }).click();
  await expect(row.getByText("Năm đến phải từ năm đi trở về sau.")).toBeVisible();
  await expect(row).toBeFocused();
  await expect(row).toHaveAccessibleDescription("Năm đến phải từ năm đi trở về sau.");
  await checkPage("row-refused", { snapshot: false });

  // Not by leaving the row open, either: the summary leads to it.
  await form.getByRole("button", { name: "Kiểm tra câu trả lời" }).click();
  await form.getByRole("alert").getByRole("link", { name: "Năm đến phải từ năm đi trở về sau." }).click();
  await expect(row).toBeFocused();

  await row.getByLabel("Đến năm").fill("2024");
  await expect(row.getByText("Năm đến phải từ năm đi trở về sau.")).toHaveCount(0);
  await row.getByRole("button", { name: "Xong dòng này" }).click();
  await expect(form.getByRole("button", { name: "Sửa lần lưu trú, dòng 1" })).toBeVisible();
  await form.getByRole("button", { name: "Kiểm tra câu trả lời" }).click();
  await expect(form.getByText("Các câu trả lời đã hợp lệ.")).toBeVisible();
});

test("a list that keeps drafts keeps a row that is not done, says so, and is not left with it", async ({ pages, checkPage }) => {
  await pages.preview.open();
  await pages.preview.show(JSON.stringify({ display: "form", components: [stays({ rowDrafts: true })] }));
  const form = pages.preview.form;
  await form.getByRole("button", { name: "Thêm lần lưu trú" }).click();
  await form.getByLabel("Từ năm").fill("2020");
  await form.getByRole("button", { name: "Xong dòng này" }).click();
  await expect(form.getByText("Dòng này chưa xong: còn chỗ cần xem lại.")).toBeVisible();
  await checkPage("row-draft", { snapshot: false });
  await form.getByRole("button", { name: "Kiểm tra câu trả lời" }).click();
  // The row is open again, and the summary leads into it.
  await expect(form.getByRole("alert").getByRole("link", { name: "Đến năm" })).toBeVisible();
  await form.getByLabel("Đến năm").fill("2021");
  await form.getByRole("button", { name: "Xong dòng này" }).click();
  await expect(form.getByText("Dòng này chưa xong")).toHaveCount(0);
});

test("what is odd in a definition stands beside its live form, mistakes first, each with its place", async ({ pages, checkPage }) => {
  await pages.preview.open();
  const odd = {
    display: "form",
    components: [
      text("a", "", {}),
      text("b", "B", { conditional: { show: true, when: "nobody", eq: "x" } }),
      { type: "content", key: "note", html: "<p>Chữ</p><table><tr><td>1</td></tr></table>" },
      text("id", "Số định danh", { properties: { format: "citizen-id", besideSex: "sex" } }),
    ],
  };
  await pages.preview.show(JSON.stringify(odd));
  await expect(pages.preview.findings.getByText("Đọc được toàn bộ định nghĩa.")).toBeVisible();
  await expect(pages.preview.oddities).toHaveText([
    "Có lẽ sai components[0]: Trường này chưa có nhãn.",
    "Có lẽ sai components[1]: Không câu trả lời nào làm phần này hiện ra.",
    "Có lẽ sai components[1].conditional: Không có trường nào tên là “nobody”.",
    "Có lẽ sai components[3].properties.besideSex: Không có trường nào tên là “sex”.",
    "Lưu ý components[2].html: Thẻ <table> không được hiện.",
    "Lưu ý components[2].html: Thẻ <tr> không được hiện.",
    "Lưu ý components[2].html: Thẻ <td> không được hiện.",
  ]);
  await expect(pages.preview.form.getByRole("textbox", { name: "Số định danh" })).toBeVisible();
  await checkPage("preview-oddities");

  // One that cannot be read is looked over as far as it goes.
  await pages.preview.show(JSON.stringify({ ...odd, components: [{ type: "tree", key: "t", label: "T" }, ...odd.components] }));
  await expect(pages.preview.refused).toHaveText(["components[0].type: unknownKind"]);
  await expect(pages.preview.oddities.first()).toContainText("components[1]");
  await expect(pages.preview.form).toHaveCount(0);

  await pages.preview.show('{"components":[{"type":"textfield","key":"a","label":"Họ tên"}]}');
  await expect(pages.preview.findings.getByText("Không thấy chỗ nào nên xem lại.")).toBeVisible();
});

test("kinds that governments add are drawn as what they are, or refused with their place", async ({ pages, checkPage }) => {
  await pages.preview.open();
  const added = [
    { type: "password", key: "secret", label: "Mật khẩu" },
    { type: "addressNL", key: "home", label: "Địa chỉ" },
    { type: "simpletextfield", key: "name", label: "Họ tên" },
    { type: "attachment", key: "paper", label: "Giấy tờ", storage: "url" },
  ];
  await pages.preview.show(JSON.stringify({ display: "form", components: added }));
  const { form } = pages.preview;
  await expect(form.getByLabel("Mật khẩu")).toHaveAttribute("type", "password");
  await form.getByRole("textbox", { name: "Postcode" }).fill("1234 AB");
  await form.getByRole("textbox", { name: "Huisnummer" }).fill("5");
  await form.getByRole("textbox", { name: "Họ tên" }).fill("Lê Thị An");
  await expect(form.getByText("Giấy tờ")).toBeVisible();
  await checkPage("preview-added-kinds", { snapshot: false });
  await form.getByRole("button", { name: "Kiểm tra câu trả lời" }).click();
  await form.getByText("Dữ liệu sẽ nộp").click();
  for (const part of ['"houseNumber":"5"', '"postcode":"1234 AB"']) await expect(form.getByRole("code")).toContainText(part);

  // How a paper is sent is asked of another service: a line to type in would be a wrong answer.
  const asked = [...added, { type: "attachment", key: "way", label: "Giấy tờ khác" }];
  await pages.preview.show(JSON.stringify({ display: "form", components: asked }));
  await expect(pages.preview.refused).toHaveText(["components[4].type: kindNotHere"]);
  await expect(form).toHaveCount(0);
});

test("a field that its own answer changes is typed into without a break", async ({ page, pages }) => {
  const changes = (key: string, type: string) => ({
    ...text(key, "Ghi chú"),
    type,
    logic: [
      {
        name: "told",
        trigger: { type: "simple", simple: { show: true, conditionalWhen: key, when: key, eq: "lúa" } },
        actions: [{ name: "label", type: "property", property: { label: "Label", value: "label", type: "string" }, text: `Đã ghi ${type}` }],
      },
    ],
  });
  await pages.preview.open();
  await pages.preview.show(JSON.stringify({ display: "form", components: [changes("line", "textfield"), changes("area", "textarea")] }));
  for (const [at, type] of ["textfield", "textarea"].entries()) {
    const field = pages.preview.form.getByRole("textbox").nth(at);
    await field.focus();
    await page.keyboard.type("lúa", { delay: 60 });
    await expect(pages.preview.form.getByRole("textbox", { name: `Đã ghi ${type}` })).toBeFocused();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("!", { delay: 60 });
    await expect(field).toHaveValue("lú!a");
    await expect(field).toBeFocused();
  }
});

test("an answer stands in a text as text, and logic merges settings into a field", async ({ pages }) => {
  const merged = {
    ...text("pet", "Vật nuôi"),
    logic: [
      {
        name: "merged",
        trigger: { type: "simple", simple: { show: true, conditionalWhen: "name", when: "name", eq: "<b>An</b>" } },
        actions: [
          { name: "settings", type: "mergeComponentSchema", schemaDefinition: "schema = { label: 'Tên con vật', validate: { required: true } };" },
        ],
      },
    ],
  };
  const hello = { type: "content", key: "hello", label: "", html: "<p>Chào {{ data.name || 'bạn' }}.</p>" };
  await pages.preview.open();
  await pages.preview.show(JSON.stringify({ display: "form", components: [text("name", "Họ tên"), hello, merged] }));
  const { form } = pages.preview;
  await expect(form.getByText("Chào bạn.", { exact: true })).toBeVisible();
  await expect(form.getByRole("textbox", { name: /^Vật nuôi/ })).toBeVisible();
  await form.getByRole("textbox", { name: /^Họ tên/ }).fill("<b>An</b>");
  await expect(form.getByText("Chào <b>An</b>.", { exact: true })).toBeVisible();
  await form.getByRole("button", { name: "Kiểm tra câu trả lời" }).click();
  await form.getByRole("link", { name: /Tên con vật/ }).click();
  await expect(form.getByRole("textbox", { name: "Tên con vật", exact: true })).toBeFocused();
});
