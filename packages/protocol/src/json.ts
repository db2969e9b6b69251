/** What a text is the JSON of (RFC 8259); null also when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (e) {
    if (e instanceof SyntaxError) return null
    throw e
  }
}
