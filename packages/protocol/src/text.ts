import { type Id, isId } from './ids.ts'

/**
 * Message text is Markdown with tokens for what must survive renaming:
 * `<@ID>` a person, `<#ID>` a conversation, `<!channel>` and `<!here>` everyone in it.
 */
export const MENTION = /<@(\d{1,20})>|<!(channel|here)>/g

/** Stands in a list of mentions for everyone in the conversation. */
export const EVERYONE: Id = '0'
const MENTIONS_PER_MESSAGE = 100

/** Code spans and fenced blocks mention nobody. */
const withoutCode = (text: string) => text.replace(/```[\s\S]*?(?:```|$)|`[^`\n]*`/g, ' ')

/** The people whom a text mentions, each once, in order, `EVERYONE` included. At most 100. */
export function mentionsIn(text: string): Id[] {
  if (!text.includes('<')) return []
  const found = new Set<Id>()
  for (const [, person] of withoutCode(text).matchAll(MENTION)) {
    // What is no id can be written all the same. It names nobody, nor does the sign for everybody.
    if (person !== undefined && (!isId(person) || person === EVERYONE)) continue
    found.add(person ?? EVERYONE)
    if (found.size === MENTIONS_PER_MESSAGE) break
  }
  return [...found]
}
