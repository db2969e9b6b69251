import { isSeen, withoutHidden, withoutStacks } from './deceiving.ts'

/** Foreign text as one honest line of at most `most` characters, as one-line.ts takes it; may be empty. */
export function singleLine(text: string, most: number): string {
  // once more after the cut, which may have gone through what belongs together
  const line = honest(honest(text).slice(0, most).toWellFormed())
  return isSeen(line) ? line : ''
}

const honest = (text: string): string =>
  withoutStacks(withoutHidden(text.replace(/\p{Cc}/gu, ' ')))
    .replace(/\s+/g, ' ')
    .trim()
