/**
 * What Slack showed as plain characters must not become formatting here. Works on one decoded line, after
 * everything that is meant as formatting has become an atom; a NUL is the edge of an atom.
 *
 * Emphasis needs a closing delimiter, and one after white space closes nothing (CommonMark §6.2): it is enough to
 * escape those that could close.
 */
export function escapeInline(line: string): string {
  return (
    line
      // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL marks the edge of an atom
      .replace(/\\(?=[!-/:-@[-`{-~\u0000]|$)/g, '\\\\')
      .replace(/`/g, '\\`')
      .replace(/(?<=\S)[*~]/g, '\\$&')
      .replace(/(?<=\S)(?<![\p{L}\p{N}](?=_[\p{L}\p{N}]))_/gu, '\\_')
      .replace(/\](?=[([:])/g, '\\]')
      .replace(/&(?=#?\w{1,32};)/g, '\\&')
      // `<\@1>` rather than `\<@1>`: what looks for mentions must not find one in it.
      .replace(/<(?=[@#!])/g, '<\\')
      .replace(/<(?=[a-z/?])/gi, '\\<')
  )
}

/** What would become a heading, a rule or indented code only by how the line begins. */
export function escapeLineStart(line: string): string {
  return line
    .replace(/^( {0,3})(#{1,6})(?=\s|$)/, '$1\\$2')
    .replace(/^( {0,3})(?=(?:=+|([-*_])(?:[ \t]*\2)+)[ \t]*$)/, '$1\\')
    .replace(/^(?: {4}| *\t)[ \t]*/, (indent) => '\u00a0'.repeat(indent.replaceAll('\t', '    ').length))
}
