import type { ImportedFollower } from '@parley/db/queries/import/followers'
import type { ImportedRow } from '@parley/db/queries/import/messages'
import type { Id } from '@parley/protocol'
import { convertMessage } from './convert-message.ts'
import { idAtPlace, nodeOf, placeOf } from './import-ids.ts'
import { type Kept, keep, type Rules } from './keep.ts'
import type { Resolver } from './mrkdwn/index.ts'
import { inOrder, type Outline } from './outline.ts'
import type { SlackExport } from './slack-export.ts'
import { rootOf } from './threads.ts'

/** What the messages of one conversation are numbered and converted by. */
export type Numbering = {
  readonly source: SlackExport
  /** Of the conversation: see import-ids.ts. */
  readonly lane: number
  readonly rules: Rules
  readonly outline: Outline
  readonly resolver: Resolver
  /** By key, for authors. */
  readonly ids: ReadonlyMap<string, Id>
  /** Those of them who are members: only they follow threads. */
  readonly members: ReadonlySet<Id>
  /** Messages whose place is not the one that their time names. */
  readonly moved: ReadonlyMap<number, number>
}

export type NumberedRow = { readonly row: ImportedRow; readonly followers: readonly ImportedFollower[] }

/**
 * Every message of a conversation in the order of time, with its final numbers. Depends on nothing but the export
 * and the people, so that after a crash the same rows come again and those already written can be passed over.
 */
export async function* numberedRows(numbering: Numbering): AsyncGenerator<NumberedRow> {
  const count = { seq: 0, roots: 0 }
  const threads = new Map<number, OpenThread>()
  for (const chunk of numbering.outline.chunks) {
    const kept: Kept[] = []
    for (const day of chunk)
      kept.push(...keep(await numbering.source.messages(day), numbering.rules, nobodyListens))
    for (const one of inOrder(kept.map((k) => ({ ...k, ts: k.message.ts }))))
      yield numberOne(one, numbering, count, threads)
  }
}

const nobodyListens = () => {}

type OpenThread = { readonly id: Id; readonly author: Id; replies: number }

function numberOne(
  kept: Kept,
  { lane, outline, resolver, ids, members, moved }: Numbering,
  count: { seq: number; roots: number },
  threads: Map<number, OpenThread>,
): NumberedRow {
  const { ts } = kept.message
  const { text, mentions, editedAt, gone, reactions } = convertMessage(kept, resolver, nobodyListens)
  const sender = ids.get(kept.author.key)!
  const id = idAtPlace(moved.get(ts) ?? placeOf(ts, lane), nodeOf(lane))
  const rootTs = rootOf(kept.message, outline.threads)
  const root = rootTs === null ? null : threads.get(rootTs)!
  const thread = outline.threads.get(ts)
  count.seq += 1
  if (root === null) count.roots += 1
  else root.replies += 1
  if (thread) threads.set(ts, { id, author: sender, replies: 0 })
  const row: ImportedRow = {
    id,
    seq: count.seq,
    version: count.seq,
    ordinal: root === null ? count.roots : root.replies,
    root_id: root?.id ?? null,
    sender_id: sender,
    text,
    mentions,
    edited_at: editedAt,
    gone,
    reactions: reactions.length > 0 ? reactions : null,
    thread_replies: thread?.replies ?? 0,
    thread_last_at: thread ? Math.floor(thread.lastTs / 1_000) : null,
    thread_people: [...new Set(thread?.people.map((key) => ids.get(key)!))],
  }
  if (root === null) return { row, followers: [] }
  // Who writes in a thread follows it, and so do its author and whom it mentions (docs/subsystems/message-path.md).
  const following = [...new Set([sender, root.author, ...mentions])].filter((person) => members.has(person))
  const { replies } = outline.threads.get(rootTs!)!
  return { row, followers: following.map((person) => ({ root: root.id, person, replies })) }
}
