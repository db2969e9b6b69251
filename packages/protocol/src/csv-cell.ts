/**
 * Where a spreadsheet would begin a formula: at the beginning of a cell, or after what parts cells in the spreadsheets of
 * other countries. Wide signs count as their narrow ones there.
 */
const FORMULA = /^(?=[=+\-@＝＋－＠\t\r\n])|(?<=[;\t\r\n])(?=[=+\-@＝＋－＠])/g

/**
 * One cell of CSV (RFC 4180). Names are chosen by people: what a spreadsheet would take for a formula gets an apostrophe
 * before it, by which it is taken for text (OWASP, CSV Injection).
 */
export function csvCell(text: string): string {
  const harmless = text.replace(FORMULA, "'")
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
