import type {
  DayFile,
  SlackConversation,
  SlackExport,
  SlackMessage,
  SlackPerson,
} from '../../src/import/slack-export.ts'

/** Seconds after 2020-01-01T00:00:00Z, as Slack's microseconds. */
export const at = (seconds: number): number => Math.round((1_577_836_800 + seconds) * 1_000_000)

export const person = (id: string, more: Partial<SlackPerson> = {}): SlackPerson => ({
  id,
  name: id.toLowerCase(),
  realName: '',
  displayName: '',
  email: null,
  title: '',
  timeZone: null,
  deleted: false,
  bot: false,
  botId: null,
  ...more,
})

export const said = (
  seconds: number,
  user: string | null,
  text: string,
  more: Partial<SlackMessage> = {},
): SlackMessage => ({
  ts: at(seconds),
  threadTs: null,
  subtype: null,
  user,
  bot: null,
  text,
  fallback: '',
  editedAt: null,
  reactions: [],
  files: [],
  ...more,
})

type Days = Readonly<Record<string, readonly SlackMessage[] | Error>>
export type Described = Partial<SlackConversation> & { id: string; messages: Days }

/** An export that never was a zip: what the import does with it is the same. */
export function memoryExport(people: readonly SlackPerson[], described: readonly Described[]): SlackExport {
  const files = new Map<string, readonly SlackMessage[] | Error>()
  const conversations = described.map(({ messages, ...conversation }): SlackConversation => {
    const days: DayFile[] = Object.entries(messages).map(([date, content]) => {
      const path = `${conversation.name ?? conversation.id}/${date}.json`
      files.set(path, content)
      return { path, bytes: 1_000 }
    })
    return {
      kind: 'public',
      name: conversation.kind === 'direct' ? null : conversation.id.toLowerCase(),
      createdAt: 1_577_836_800_000,
      creator: null,
      archived: false,
      topic: '',
      purpose: '',
      members: people.map(({ id }) => id),
      days,
      ...conversation,
    }
  })
  return {
    name: 'memory.zip',
    fingerprint: 'f'.repeat(64),
    bytes: 1_000,
    people,
    conversations,
    ignored: [],
    async messages(day) {
      const content = files.get(day.path)!
      if (content instanceof Error) throw content
      return [...content]
    },
    async close() {},
  }
}
