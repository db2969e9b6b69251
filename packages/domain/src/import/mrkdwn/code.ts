import { MENTION } from '@parley/protocol'
import { decode } from './decode.ts'
import type { Resolver } from './resolver.ts'
import { plainTokens } from './tokens.ts'

/** Shows nothing and joins words; between `<` and `@` it keeps code that looks like a mention from being one. */
const WORD_JOINER = '\u2060'

const codeText = (encoded: string, resolver: Resolver): string =>
  decode(plainTokens(encoded, resolver)).replace(MENTION, (token) => `<${WORD_JOINER}${token.slice(1)}`)

export const codeSpan = (encoded: string, resolver: Resolver): string => `\`${codeText(encoded, resolver)}\``

/** Slack's fences may open and close within a line; Markdown's stand on lines of their own (CommonMark §4.5). */
export const codeBlock = (encoded: string, resolver: Resolver): string =>
  `\`\`\`\n${codeText(encoded, resolver).replace(/^\n|\n$/g, '')}\n\`\`\``
