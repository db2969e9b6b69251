import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { ExportProblem } from '@parley/domain/import/export-problem'
import type { SlackConversation, SlackExport } from '@parley/domain/import/slack-export'
import type { z } from 'zod'
import type { ArchiveLimits } from './archive-limits.ts'
import { folderOf, type Layout, LISTS, layoutOf, PEOPLE } from './layout.ts'
import { type Archive, openArchive } from './open-archive.ts'
import { parseJsonFile } from './parse-json-file.ts'
import { readEntry } from './read-entry.ts'
import { zConversation, zMessage, zPerson } from './shapes.ts'

/**
 * Opens the zip that Slack made of a workspace. Reads the directory, the people and the lists of conversations;
 * messages are read day by day as they are asked for, so that memory stays that of the largest day.
 * Throws `ExportProblem` for anything that is not such a zip. The caller closes what it was given.
 */
export async function openSlackExport(path: string, limits?: ArchiveLimits): Promise<SlackExport> {
  const archive = await openArchive(path, limits)
  try {
    const layout = layoutOf(archive.entries)
    if (!layout.lists.has(PEOPLE))
      throw new ExportProblem(null, 'There is no users.json in this zip, so it is not a Slack export.')
    const people = await readFile(archive, layout.prefix + PEOPLE, zPerson)
    const conversations = await readLists(archive, layout)
    return {
      name: basename(path),
      fingerprint: await sha256(path),
      bytes: archive.bytes,
      people,
      conversations,
      ignored: [...layout.ignored, ...unlisted(conversations, layout)],
      messages: (day) => readFile(archive, day.path, zMessage),
      close: archive.close,
    }
  } catch (error) {
    await archive.close()
    throw error
  }
}

async function readFile<T>(archive: Archive, file: string, item: z.ZodType<T>): Promise<T[]> {
  return parseJsonFile(file, await readEntry(archive, archive.entries.get(file)!), item)
}

async function readLists(archive: Archive, layout: Layout): Promise<SlackConversation[]> {
  const found: SlackConversation[] = []
  const claimed = new Set<string>()
  for (const [list, kind] of Object.entries(LISTS)) {
    if (!layout.lists.has(list)) continue
    for (const listed of await readFile(archive, layout.prefix + list, zConversation)) {
      if (listed.name === null && kind !== 'direct')
        throw new ExportProblem(list, `The conversation ${listed.id} has no name.`)
      const folder = folderOf(listed, layout)
      if (claimed.has(folder))
        throw new ExportProblem(list, `A second conversation lays claim to the folder ${folder}.`)
      claimed.add(folder)
      const days = layout.folders.get(folder) ?? []
      found.push({ ...listed, kind, name: kind === 'direct' ? null : listed.name, days })
    }
  }
  if (found.length === 0)
    throw new ExportProblem(null, 'No channels.json or other list of conversations is in this zip.')
  return found.sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0) || (a.id < b.id ? -1 : 1))
}

/** Folders of messages that belong to no listed conversation: reported, since somebody may miss them. */
function unlisted(conversations: readonly SlackConversation[], layout: Layout) {
  const named = new Set(conversations.map((conversation) => folderOf(conversation, layout)))
  return [...layout.folders]
    .filter(([folder]) => !named.has(folder))
    .flatMap(([, days]) => days.map(({ path }) => ({ file: path, why: 'no list names its conversation' })))
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
