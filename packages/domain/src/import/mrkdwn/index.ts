/** Slack's mrkdwn, turned into our Markdown: `toMarkdown(text, resolver)`. */
export type { Dangling, Resolver } from './resolver.ts'
export { type Converted, toMarkdown } from './to-markdown.ts'
