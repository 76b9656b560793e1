/** Exactly this name, but for the mark of what may be left blank. */
export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${escaped(text)}\\s*(\\(không bắt buộc\\))?\\s*$`);
}

/** A name that begins with `text` and may go on with a mark such as "(không bắt buộc)". */
export function named(text: string): RegExp {
  return new RegExp(`^\\s*${escaped(text)}(?=$|[\\s(:*.,])`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
