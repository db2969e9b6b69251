/**
 * Words of a frame that is not parsed: a load must take less than whom it loads. Quotes inside a string of JSON are
 * escaped, so a key with its quotes is never found in what people wrote.
 */

/** The string that follows `key`, such as `"id":"`, from a position on; to the next quote. */
export function wordAfter(text: string, key: string, from = 0): string {
  const at = text.indexOf(key, from) + key.length
  return text.slice(at, text.indexOf('"', at))
}

/** The number that follows the last `key`, such as `{"version":`. */
export function lastNumberAfter(text: string, key: string): number {
  const at = text.lastIndexOf(key) + key.length
  return Number.parseInt(text.slice(at, at + 16), 10)
}

/** Calls `found` with where each `key` ends. */
export function eachAfter(text: string, key: string, found: (at: number) => void): void {
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + key.length)) found(at + key.length)
}
