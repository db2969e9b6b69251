/** Enough of a file to know it by. */
const TEXT_BYTES = 4_096

/**
 * The media type by content. What is not known and reads as text is one of text/html, image/svg+xml, application/xml
 * and text/plain: markup is found wherever it stands, since what looks like text to us may be a page to a browser.
 */
export async function sniff(head: Buffer): Promise<string> {
  if (head.length === 0) return 'application/octet-stream'
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  if (found && found.mime !== 'application/xml') return found.mime
  const text = readText(head.subarray(0, TEXT_BYTES))
  return text === null ? 'application/octet-stream' : markupIn(text)
}

function markupIn(text: string): string {
  if (/<(?:[a-z0-9]+:)?svg[\s>/]/i.test(text)) return 'image/svg+xml'
  if (
    /<(?:!doctype\s+html|html|head|body|script|iframe|object|embed|meta|link|style|img|form|a)[\s>/]/i.test(
      text,
    )
  )
    return 'text/html'
  return /^\s*<\?xml[\s?]/i.test(text) ? 'application/xml' : 'text/plain'
}

/** Null when it is not text in UTF-8, or in UTF-16 with a byte order mark. */
function readText(bytes: Buffer): string | null {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    // as a stream: the last character may be cut
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what text does not hold
    return /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text
  } catch {
    return null
  }
}
