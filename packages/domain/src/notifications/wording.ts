import type { WaitingRow } from '@parley/db/queries/notifications/waiting'
import type { Id } from '@parley/protocol'
import type { Mail, PushMessage } from '../ports.ts'
import type { Settings } from '../settings/definitions.ts'

/** What may be read on the way; decided by an administrator. */
export type Content = Settings['notifications.content']
export type Names = ReadonlyMap<Id, string>

const PUSH_LENGTH = 180
const MAIL_LENGTH = 500
/** Messages that a mail shows; of more it says how many. */
const SHOWN = 20

/** Where the message is read. */
export const linkTo = (web: string, row: Pick<WaitingRow, 'conversation' | 'root' | 'ordinal'>): string =>
  row.root ? `${web}/c/${row.conversation}/t/${row.root}` : `${web}/c/${row.conversation}/m/${row.ordinal}`

const placeOf = ({ channel, kind, sender }: WaitingRow): string =>
  channel ? `#${channel}` : kind === 'group' ? 'a group conversation' : sender

/** The text as one reads it, in one line. Channels are not named: not everybody who is told may know of them. */
function textOf({ text, files }: WaitingRow, names: Names, most: number): string {
  const plain = text
    .replace(/<@(\d{1,20})>/g, (_, id: Id) => `@${names.get(id) ?? 'someone'}`)
    .replace(/<!(channel|here)>/g, '@$1')
    .replace(/<#\d{1,20}>/g, 'a channel')
    .replace(/\s+/g, ' ')
    .trim()
  if (plain === '') return files === 1 ? 'sent a file' : `sent ${files} files`
  return plain.length <= most ? plain : `${[...plain.slice(0, most)].slice(0, -1).join('')}…`
}

const SAYS = {
  mention: 'mentioned you',
  direct: 'sent you a message',
  thread: 'replied in a thread that you follow',
  everyone: 'wrote to everyone',
} as const satisfies Record<WaitingRow['reason'], string>

/** Newer messages of a conversation take the place of older ones on a device. */
export function pushOf(row: WaitingRow, content: Content, names: Names, web: string): PushMessage {
  const data = {
    notification: row.id,
    conversation: row.conversation,
    message: row.message,
    url: linkTo(web, row),
  }
  const collapse = `conversation-${row.conversation}`
  if (content === 'nothing') return { title: 'Parley', body: 'There is something new.', data, collapse }
  const place = placeOf(row)
  const title = place === row.sender ? row.sender : `${row.sender} in ${place}`
  return {
    title,
    body: content === 'text' ? textOf(row, names, PUSH_LENGTH) : SAYS[row.reason],
    data,
    collapse,
  }
}

/** One mail for all that waited for one person, in plain text, so that it survives every filter. */
export function mailOf(to: string, rows: WaitingRow[], content: Content, names: Names, web: string): Mail {
  const [first] = rows
  const several = rows.length > 1 ? `${rows.length} messages are` : 'A message is'
  const senders = new Set(rows.map((row) => row.sender))
  const subject =
    content === 'nothing' || senders.size > 1
      ? `${several} waiting for you on Parley`
      : `${first!.sender} ${rows.length > 1 ? `sent you ${rows.length} messages` : SAYS[first!.reason]} on Parley`
  const lines = content === 'nothing' ? [] : linesOf(rows.slice(0, SHOWN), content, names, web)
  const more = rows.length - SHOWN
  if (lines.length > 0 && more > 0) lines.push(`and ${more} more.`, '')
  const text = `Hello ${first!.name},

${several} waiting for you on Parley.

${lines.length > 0 ? lines.join('\n') : `${linkTo(web, first!)}\n`}
You get this because no device of yours could be told.
What you are told of and how, you choose on Parley in your profile, under Notifications.
`
  return { to, subject, text }
}

function linesOf(rows: WaitingRow[], content: Content, names: Names, web: string): string[] {
  const places = Map.groupBy(rows, placeOf)
  return [...places].flatMap(([place, some]) => [
    `${place}: ${linkTo(web, some[0]!)}`,
    ...some.map((row) => {
      const said = content === 'text' ? textOf(row, names, MAIL_LENGTH) : SAYS[row.reason]
      return `  ${row.sender}: ${said}`
    }),
    '',
  ])
}
