/** A PDF of these objects, the first being its catalogue; nothing is compressed. */
export function pdfOf(objects: string[]): Buffer {
  let body = "%PDF-1.7\n";
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((it) => `${String(it).padStart(10, "0")} 00000 n \n`).join("");
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`, "latin1");
}

/** One page that shows a text; `catalogue` is added to the catalogue, `more` are objects from number 6 on. */
export function pdfWith(text: string, catalogue = "", more: string[] = []): Buffer {
  const stream = `BT /F1 12 Tf 72 720 Td (${text}) Tj ET`;
  return pdfOf([
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...more,
  ]);
}

/** A signed PDF to which something was added after its signature: the range ends before the file does. */
export function changedAfterSigning(): Buffer {
  const value = "0".repeat(64);
  const made = (range: string): Buffer =>
    pdfWith("Mau thu da ky", "/AcroForm << /SigFlags 3 /Fields [6 0 R] >>", [
      "<< /FT /Sig /T (a) /V 7 0 R >>",
      `<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange ${range} /Contents <${value}> >>`,
    ]);
  const draft = made("[0 00000 00000 00000]");
  const start = draft.indexOf(value) - 1;
  const end = start + value.length + 2;
  const five = (it: number): string => String(it).padStart(5, "0");
  return made(`[0 ${five(start)} ${five(end)} ${five(draft.length - end - 40)}]`);
}

/** Width and height of each page, in points, as a PDF with plain objects says. */
export function pagesOfPdf(pdf: Buffer): [number, number][] {
  const text = pdf.toString("latin1");
  const pages = text.match(/<<[^<>]*\/Type\s*\/Page\b(?!s)[\s\S]*?endobj/g) ?? [];
  return pages.map((page) => {
    const [, , width, height] = (/\/MediaBox\s*\[([^\]]*)\]/.exec(page)?.[1] ?? "").trim().split(/\s+/).map(Number);
    return [width ?? 0, height ?? 0];
  });
}
