// The definitions that both sides are measured on: what a clerk's form holds, as Form.io's builder writes it.

/** One component of a definition. */
type Component = Record<string, unknown>;

/** A definition, and where in it the measurements type. */
export interface Case {
  /** As the tables name it. */
  name: string;
  /** Name of its file. */
  file: string;
  definition: Component;
  /** Path of a text field in the middle that nothing depends on. */
  typed: string;
  /** Path of the last field: `x` in it shows `dependant`. */
  last: string;
  dependant: string;
}

const OPTIONS = ["Quận Ninh Kiều", "Quận Cái Răng", "Quận Bình Thủy", "Quận Ô Môn", "Quận Thốt Nốt", "Huyện Phong Điền"];

/** Sections of twelve fields of the kinds that government forms have; every section has a question on which two depend. */
function section(number: number): Component {
  const key = (name: string): string => `${name}${number}`;
  const when = { show: true, when: key("married"), eq: "yes" };
  return {
    type: "panel",
    key: key("section"),
    title: `Phần ${number}`,
    input: false,
    components: [
      text(key("name"), "Họ, chữ đệm và tên", { validate: { required: true, minLength: 2, maxLength: 120 } }),
      text(key("idNumber"), "Số định danh cá nhân", { validate: { required: true, pattern: "[0-9]{12}" } }),
      field("day", key("birth"), "Ngày sinh", { dayFirst: true, validate: { required: true } }),
      field("radio", key("married"), "Đã kết hôn?", {
        values: [option("yes", "Có"), option("no", "Không")],
        defaultValue: "yes",
        validate: { required: true },
      }),
      text(key("spouse"), "Tên vợ hoặc chồng", { conditional: when }),
      field("phoneNumber", key("phone"), "Điện thoại"),
      field("select", key("district"), "Nơi ở", {
        data: { values: OPTIONS.map((it, at) => option(`d${at}`, it)) },
        dataSrc: "values",
        validate: { required: true },
      }),
      field("number", key("members"), "Số người trong hộ", { validate: { min: 1, max: 30 } }),
      field("email", key("email"), "Thư điện tử"),
      field("selectboxes", key("papers"), "Giấy tờ đang có", {
        values: [option("card", "Thẻ căn cước"), option("book", "Hộ chiếu"), option("birth", "Giấy khai sinh")],
      }),
      field("textarea", key("note"), "Ghi chú", { rows: 3, conditional: when }),
      field("checkbox", key("agreed"), "Tôi đã đọc và hiểu", { defaultValue: false }),
    ],
  };
}

/** A form on one page with so many fields; the last two are the measured pair. */
function sections(name: string, file: string, fields: number): Case {
  const count = Math.floor((fields - 6) / 12);
  const rest = fields - 6 - count * 12;
  const people: Component = {
    type: "datagrid",
    key: "people",
    label: "Người cùng hộ",
    input: true,
    defaultValue: [{}],
    components: [
      text("name", "Họ tên"),
      field("day", "birth", "Ngày sinh", { dayFirst: true }),
      text("relation", "Quan hệ"),
      field("number", "share", "Phần"),
    ],
  };
  const components = [
    ...Array.from({ length: count }, (_, at) => section(at + 1)),
    ...Array.from({ length: rest }, (_, at) => text(`more${at}`, `Mục khác ${at + 1}`)),
    people,
    ...pair(),
  ];
  const middle = Math.ceil(count / 2);
  return { name, file, definition: form(components), typed: `name${middle}`, last: "last", dependant: "afterLast" };
}

/** A list of so many rows of so many columns; the last column depends on the one before, in its own row. */
function grid(name: string, file: string, rows: number, columns: number): Case {
  const components = Array.from({ length: columns }, (_, at): Component => {
    const key = `c${at}`;
    if (at === columns - 1) return text(key, "Ghi rõ", { conditional: { show: true, when: `rows.c${at - 1}`, eq: "x" } });
    if (at % 6 === 3) return field("number", key, `Số ${at}`, { validate: { min: 0 } });
    if (at % 6 === 4) return field("checkbox", key, `Đúng ${at}`, { defaultValue: false });
    return text(key, `Cột ${at}`, { validate: { required: at % 2 === 0, maxLength: 60 } });
  });
  const list: Component = {
    type: "datagrid",
    key: "rows",
    label: "Danh sách",
    input: true,
    defaultValue: Array.from({ length: rows }, (_, row) => ({ c0: `Dòng ${row + 1}` })),
    components,
  };
  const last = rows - 1;
  return {
    name,
    file,
    definition: form([list]),
    typed: `rows[${Math.floor(rows / 2)}].c1`,
    last: `rows[${last}].c${columns - 2}`,
    dependant: `rows[${last}].c${columns - 1}`,
  };
}

/** The three that are measured. */
export const CASES = {
  usual: sections("120 fields", "bench-120.json", 120),
  large: sections("1,000 fields", "bench-1000.json", 1_000),
  grid: grid("200 rows of 20", "bench-grid.json", 200, 20),
};

function pair(): Component[] {
  return [
    text("last", "Mục cuối"),
    text("afterLast", "Ghi rõ", { conditional: { show: true, when: "last", eq: "x" } }),
  ];
}

function form(components: Component[]): Component {
  return { display: "form", title: "Tờ khai", components: [...components] };
}

function field(type: string, key: string, label: string, more: Component = {}): Component {
  return { type, key, label, input: true, ...more };
}

function text(key: string, label: string, more: Component = {}): Component {
  return field("textfield", key, label, more);
}

function option(value: string, label: string): Component {
  return { value, label };
}
