/** Files on the clipboard. Where text lies beside them, as from a table or a page, the text is meant. */
export function pastedFiles(clipboard: Pick<DataTransfer, 'files' | 'types'>): File[] {
  return clipboard.types.includes('text/plain') ? [] : [...clipboard.files]
}
