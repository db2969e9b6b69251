/** Slack's mrkdwn, turned into our Markdown: `toMarkdown(text, resolver)`. */

/** For text that is shown without any formatting, such as a topic. */
export { decode } from './decode.ts'
/** For a line that is plain text as it stands, such as a file's name. */
export { escapeInline } from './escape.ts'
export type { Dangling, Resolver } from './resolver.ts'
export { type Converted, toMarkdown } from './to-markdown.ts'
export { plainTokens } from './tokens.ts'
