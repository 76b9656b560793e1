/** A name that begins with `text` and may go on with a mark such as "(không bắt buộc)". */
export function named(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}(?=$|[\\s(:*.,])`);
}
