/** Line breaks, control characters, and those that turn the direction of what follows (see ../one-line.ts). */
const NOT_IN_LINE = /[\p{Cc}\u200B\u2028-\u202E\u2060-\u2069\uFEFF\s]+/gu

/** Foreign text as one honest line of at most `most` characters; may be empty. */
export const singleLine = (text: string, most: number): string =>
  text.replace(NOT_IN_LINE, ' ').trim().slice(0, most).toWellFormed()
