import { type Id, LIMITS, mentionsIn, type Reaction } from '@parley/protocol'
import { singleLine } from '../single-line.ts'
import { isReaction } from './is-reaction.ts'
import type { Kept } from './keep.ts'
import { escapeInline, type Resolver, toMarkdown } from './mrkdwn/index.ts'
import type { Remark } from './remarks.ts'
import type { SlackFile, SlackReaction } from './slack-export.ts'

/** What a message says here. Its place, root and numbers come from its conversation. */
export type Converted = {
  readonly text: string
  readonly mentions: readonly Id[]
  /** Unix milliseconds. */
  readonly editedAt: number | null
  readonly gone: 'deleted' | null
  readonly reactions: readonly Reaction[]
}

const NO_TEXT = '_(no text in the export)_'
const CUT = ' …'
const FILE_NAME = 200
/** Slack's longest is 40,000: what a message has beyond this is cut off before it is converted. */
const LONGEST = 4 * LIMITS.messageText

/** Pure: the same message and the same people give the same text. */
export function convertMessage(
  { message, kind }: Kept,
  resolver: Resolver,
  remark: (remark: Remark, example: string) => void,
): Converted {
  const { editedAt } = message
  if (kind === 'gone') return { text: '', mentions: [], editedAt: null, gone: 'deleted', reactions: [] }
  const raw = message.text || message.fallback
  const { text: said, dangling } = toMarkdown(raw.slice(0, LONGEST), resolver)
  for (const person of dangling.people) remark('changed.mention', person)
  for (const conversation of dangling.conversations) remark('changed.channel', conversation)
  if (message.files.length > 0) remark('changed.file', message.files[0]!.name)

  const parts = [kind === 'action' ? asAction(said) : said, ...message.files.map(asLink)]
  let text = parts.filter(Boolean).join('\n')
  if (text === '') {
    remark('changed.empty', new Date(message.ts / 1_000).toISOString())
    text = NO_TEXT
  }
  if (text.length > LIMITS.messageText || raw.length > LONGEST) {
    remark('changed.long', `${Math.max(text.length, raw.length)} characters`)
    text = text.slice(0, LIMITS.messageText - CUT.length).toWellFormed() + CUT
  }
  const reactions = reactionsOf(message.reactions, resolver, remark)
  return { text, mentions: mentionsIn(text), editedAt, gone: null, reactions }
}

/** `/me` is one line of italics; what is longer or formatted itself stays as it is. */
const asAction = (said: string): string => (/^[^\n_]+$/.test(said) ? `_${said}_` : said)

/** Slack's own links carry a token that opens the file to anybody: it is not passed on. */
function asLink({ name, url }: SlackFile): string {
  const shown = singleLine(name, FILE_NAME) || 'file'
  const label = escapeInline(shown.replaceAll('[', '(').replaceAll(']', ')'))
  const parsed = url === null ? null : URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return `📎 ${label}`
  parsed.searchParams.delete('t')
  return `📎 [${label}](${parsed.href.replaceAll('(', '%28').replaceAll(')', '%29')})`
}

function reactionsOf(
  reactions: readonly SlackReaction[],
  resolver: Resolver,
  remark: (remark: Remark, example: string) => void,
): Reaction[] {
  const here: Reaction[] = []
  for (const { name, users } of reactions.slice(0, LIMITS.reactionsPerMessage)) {
    if (!isReaction(name)) {
      remark('changed.emoji', name)
      continue
    }
    const people = new Set<Id>()
    for (const user of users) {
      const id = resolver.person(user)
      if (id === null) remark('changed.reaction', user)
      else people.add(id)
    }
    if (people.size > 0) here.push({ emoji: name, people: [...people] })
  }
  return here
}
