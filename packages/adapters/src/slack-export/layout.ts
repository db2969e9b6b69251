import type { DayFile, SlackConversation, SlackConversationKind } from '@parley/domain/import/slack-export'
import type { Entry } from 'yauzl'

/** The lists of conversations, and the kind that each lists. All but `channels.json` may be absent. */
export const LISTS = {
  'channels.json': 'public',
  'groups.json': 'private',
  'mpims.json': 'group',
  'dms.json': 'direct',
} as const satisfies Record<string, SlackConversationKind>

export const PEOPLE = 'users.json'

/** Left by unpacking and packing again on a Mac or on Windows. */
const LITTER = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/
const DAY = /^(.+)\/(\d{4}-\d{2}-\d{2})\.json$/

export type Layout = {
  /** Day files by folder, in the order of their dates. */
  readonly folders: ReadonlyMap<string, DayFile[]>
  readonly lists: ReadonlySet<string>
  readonly ignored: { file: string; why: string }[]
  /** '' or the one folder that holds the whole export, when it was packed again from outside. */
  readonly prefix: string
}

/** Sorts the archive's files by what they are. */
export function layoutOf(entries: ReadonlyMap<string, Entry>): Layout {
  const prefix = prefixOf(entries)
  const folders = new Map<string, DayFile[]>()
  const lists = new Set<string>()
  const ignored: Layout['ignored'] = []
  for (const [file, entry] of entries) {
    if (file.endsWith('/') || LITTER.test(file)) continue
    const inside = file.startsWith(prefix)
    const path = inside ? file.slice(prefix.length) : file
    const [, folder, date] = DAY.exec(path) ?? []
    if (folder !== undefined && date !== undefined) {
      const days = folders.get(folder) ?? []
      days.push({ path: file, bytes: entry.uncompressedSize })
      folders.set(folder, days)
    } else if (inside && (Object.hasOwn(LISTS, path) || path === PEOPLE)) lists.add(path)
    else ignored.push({ file, why: 'not a part of an export that Parley imports' })
  }
  for (const days of folders.values()) days.sort((a, b) => (a.path < b.path ? -1 : 1))
  return { folders, lists, ignored, prefix }
}

function prefixOf(entries: ReadonlyMap<string, Entry>): string {
  if (entries.has(PEOPLE)) return ''
  const nested = [...entries.keys()].filter((file) => /^[^/]+\/users\.json$/.test(file) && !LITTER.test(file))
  return nested.length === 1 ? nested[0]!.slice(0, -PEOPLE.length) : ''
}

/** Slack names folders after the channel, direct conversations after their id. */
export const folderOf = (conversation: Pick<SlackConversation, 'id' | 'name'>, layout: Layout): string =>
  conversation.name !== null && layout.folders.has(conversation.name) ? conversation.name : conversation.id
