/** Puts text on the clipboard. False where the browser refuses: where the page is not secure, or it was told so. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch (error) {
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error
    return false
  }
}
