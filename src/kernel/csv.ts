/** What a spreadsheet would run instead of show: also behind blanks, and as full-width signs, which some read alike. */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/

/** One cell (RFC 4180 §2.5–2.7). A cell that begins like a formula gets an apostrophe, so that it is shown as it is. */
export function csvCell(text: string): string {
  const shown = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown
}

export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`
