/**
 * A Slack export as the import sees it. The reader behind it (`@parley/adapters/slack-export`) has bounded the
 * archive and checked every shape; what arrives here is typed and safe to walk, though not yet sensible: people
 * may be unknown, roots missing, times odd.
 *
 * Shapes follow https://slack.com/help/articles/220556107-How-to-read-Slack-data-exports and
 * https://docs.slack.dev/reference/objects. Keys that the import has no use for are dropped while parsing.
 */
export interface SlackExport {
  /** The archive's file name, without its folder. */
  readonly name: string
  /** SHA-256 of the archive, in hex: the same export is recognised by it. */
  readonly fingerprint: string
  /** Size of the archive, in bytes. */
  readonly bytes: number
  readonly people: readonly SlackPerson[]
  /** In the order of their creation. */
  readonly conversations: readonly SlackConversation[]
  /** What the archive holds besides, and why it is left out. */
  readonly ignored: readonly { readonly file: string; readonly why: string }[]
  /** The messages of one day's file, in the file's order. Throws `ExportProblem`. */
  messages(day: DayFile): Promise<SlackMessage[]>
  close(): Promise<void>
}

/** One `<folder>/YYYY-MM-DD.json`. `bytes`: its size when unpacked. */
export type DayFile = { readonly path: string; readonly bytes: number }

export type SlackPerson = {
  readonly id: string
  readonly name: string
  readonly realName: string
  readonly displayName: string
  readonly email: string | null
  readonly title: string
  readonly timeZone: string | null
  readonly deleted: boolean
  readonly bot: boolean
  /** Under which messages name this bot: `B…`, while `id` is `U…`. */
  readonly botId: string | null
}

/** `channels.json`, `groups.json`, `mpims.json`, `dms.json`, in this order. */
export type SlackConversationKind = 'public' | 'private' | 'group' | 'direct'

export type SlackConversation = {
  readonly id: string
  readonly kind: SlackConversationKind
  /** Null for direct conversations, which have none. */
  readonly name: string | null
  /** Unix milliseconds, null where the export does not say. */
  readonly createdAt: number | null
  readonly creator: string | null
  readonly archived: boolean
  readonly topic: string
  readonly purpose: string
  readonly members: readonly string[]
  /** In the order of their dates. */
  readonly days: readonly DayFile[]
}

export type SlackMessage = {
  /** Unix microseconds: Slack's `ts`, unique within its conversation. A safe integer until 2255. */
  readonly ts: number
  /** `ts` of the thread's root; a root may name itself. */
  readonly threadTs: number | null
  readonly subtype: string | null
  readonly user: string | null
  readonly bot: { readonly id: string | null; readonly name: string | null } | null
  readonly text: string
  /** Readable text of attachments and blocks, for messages that have no text of their own. */
  readonly fallback: string
  /** Unix milliseconds. */
  readonly editedAt: number | null
  readonly reactions: readonly SlackReaction[]
  readonly files: readonly SlackFile[]
}

export type SlackReaction = { readonly name: string; readonly users: readonly string[] }
export type SlackFile = { readonly name: string; readonly url: string | null }
