/** What moves the cursor, colours, or turns the direction of what follows; a line's own break is not among it. */
const COMMANDS = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu

/**
 * Lines as a terminal may be given them: names of files and people in an export are a stranger's, and could rewrite
 * what stands above them.
 */
export const onTerminal = (lines: readonly string[]): string =>
  lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `${line.replace(COMMANDS, '\uFFFD')}\n`)
    .join('')
