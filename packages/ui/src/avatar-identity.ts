const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** One or two letters for a name in any script: first of the first word, and first of the last. */
export function initialsOf(name: string, most: 1 | 2 = 2): string {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  const ends = most === 2 && words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1)
  return ends
    .map(
      (word) =>
        segmenter
          .segment(word ?? '')
          [Symbol.iterator]()
          .next().value?.segment ?? '',
    )
    .join('')
    .toLocaleUpperCase()
}

/** A hue in degrees that stays with an id for ever (FNV-1a, 32 bits), in 24 steps so that neighbours differ. */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < id.length; index++) {
    hash ^= id.charCodeAt(index)
    hash = Math.imul(hash, 0x01000193)
  }
  return ((hash >>> 0) % 24) * 15
}
