import { deadRoots } from '@parley/db/queries/retention/dead-roots'
import { expireMessages, unexpired } from '@parley/db/queries/retention/expire-messages'
import { moveFloor, removeRoots } from '@parley/db/queries/retention/remove-roots'
import { type RemovedFile, removeTraces } from '@parley/db/queries/retention/remove-traces'
import type { Id } from '@parley/protocol'
import type { Run } from '../command.ts'
import type { Counts } from './progress.ts'

/**
 * Messages that one step removes at most, except that a thread goes whole. Everybody who writes in the conversation
 * waits as long as a step takes.
 */
export const STEP_MESSAGES = 500

export type Step = { counts: Counts; files: RemovedFile[] }
type Context = Pick<Run<unknown>, 'tx' | 'tell'>

/**
 * Moves the floor past the oldest roots that are dead together with their threads, and removes their rows.
 * The caller holds the conversation. Null when the next root lives.
 */
export async function removeBelowFloor(
  { tx, tell }: Context,
  conversation: Id,
  cutoff: Id,
): Promise<Step | null> {
  const dead = await deadRoots(tx.sql, conversation, cutoff, STEP_MESSAGES)
  let rows = 0
  const roots = dead.filter((root, i) => {
    rows += 1 + root.replies
    return i === 0 || rows <= STEP_MESSAGES
  })
  const last = roots.at(-1)
  if (!last) return null
  const removed = await removeRoots(
    tx.sql,
    conversation,
    roots.map((root) => root.id),
  )
  const version = await moveFloor(tx.sql, conversation, last.ordinal)
  tell.conversation(conversation, { version, type: 'floor.moved', floor: last.ordinal })
  return stepOf(removed, removed.files)
}

/**
 * Leaves tombstones in the place of old messages that the floor cannot pass, since something below them lives on.
 * Answers where to go on, too; null when none is left.
 */
export async function expireAboveFloor(
  { tx, tell }: Context,
  conversation: Id,
  cutoff: Id,
  after: Id,
): Promise<(Step & { after: Id }) | null> {
  const old = await unexpired(tx.connection, conversation, { cutoff, after, most: STEP_MESSAGES })
  const last = old.at(-1)
  if (!last) return null
  const files = await removeTraces(
    tx.sql,
    conversation,
    old.map((message) => message.id),
  )
  const expired = await expireMessages(tx.connection, conversation, old)
  for (const [i, message] of expired.entries())
    tell.conversation(conversation, {
      version: message.version,
      type: 'message.changed',
      message,
      was: old[i]!.mentions,
    })
  const threads = old.filter((message) => message.root === null && message.thread).length
  return { ...stepOf({ messages: old.length, threads }, files), after: last.id }
}

const stepOf = (gone: { messages: number; threads: number }, files: RemovedFile[]): Step => ({
  counts: {
    messages: gone.messages,
    threads: gone.threads,
    files: files.length,
    bytes: files.reduce((all, file) => all + file.size, 0),
  },
  files,
})
