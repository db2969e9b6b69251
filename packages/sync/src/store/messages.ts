import type { ConversationEvent, Id, Message, ThreadCard } from '@parley/protocol'
import { BOUNDS } from '../bounds.ts'
import type { Copy } from './held.ts'

/** A row replaces an older one and never a newer one: the order in which answers and events arrive is of no account. */
export function putMessage(copy: Copy, message: Message): boolean {
  const held = copy.byId.get(message.id)
  if (held && held.version >= message.version) return false
  copy.byId.set(message.id, message)
  if (message.root === null) copy.roots.set(message.ordinal, message)
  else repliesOf(copy, message.root).set(message.ordinal, message)
  return true
}

function repliesOf(copy: Copy, root: Id): Map<number, Message> {
  let replies = copy.threads.get(root)
  if (!replies) {
    replies = new Map()
    copy.threads.set(root, replies)
  }
  return replies
}

/** A reply changes its root: the same version, the thread as it now stands. */
function putCard(copy: Copy, root: Id, version: number, { replies, lastAt, people }: ThreadCard): boolean {
  const held = copy.byId.get(root)
  return held ? putMessage(copy, { ...held, version, thread: { replies, lastAt, people } }) : false
}

/** What an event does to the messages held. May be repeated. */
export function putEvent(copy: Copy, event: ConversationEvent): boolean {
  if (event.type !== 'message.created' && event.type !== 'message.changed') return false
  const { message } = event
  const changed = putMessage(copy, message)
  if (event.type !== 'message.created' || !event.thread || message.root === null) return changed
  return putCard(copy, message.root, event.version, event.thread) || changed
}

export function remember(copy: Copy, event: ConversationEvent): void {
  copy.recent.push(event)
  if (copy.recent.length > BOUNDS.recentEvents) copy.recent.shift()
}

/**
 * Takes rows that were read when the conversation stood at `version`, which may be older than what is held (`now`):
 * events overtook them on the way.
 * What these events did is done to the new rows as well; where too many have passed, the difference is to be
 * asked for (`staleFrom`).
 */
export function putPage(copy: Copy, version: number, rows: Message[], now: number): void {
  for (const row of rows) putMessage(copy, row)
  if (version >= Math.max(now, copy.complete)) return
  const first = copy.recent[0]
  if (first && first.version <= version + 1 && copy.complete <= now) {
    for (const event of copy.recent) if (event.version > version) putEvent(copy, event)
  } else copy.staleFrom = Math.min(copy.staleFrom ?? version, version)
}

export function dropMessages(copy: Copy): void {
  copy.byId.clear()
  copy.roots.clear()
  copy.threads.clear()
  copy.recent = []
  copy.staleFrom = null
}

/** Drops one root with the replies held of it. */
function dropRoot(copy: Copy, root: Message): void {
  copy.roots.delete(root.ordinal)
  copy.byId.delete(root.id)
  dropThread(copy, root.id)
}

function dropThread(copy: Copy, root: Id): void {
  for (const reply of copy.threads.get(root)?.values() ?? []) copy.byId.delete(reply.id)
  copy.threads.delete(root)
}

/** Roots at or below the floor are gone, and their threads. Of a thread without its root it cannot be told: it goes too. */
export function dropBelow(copy: Copy, floor: number): void {
  for (const root of copy.roots.values()) if (root.ordinal <= floor) dropRoot(copy, root)
  for (const root of copy.threads.keys()) if (!copy.byId.has(root)) dropThread(copy, root)
}

/** Drops what is far from where somebody last looked. */
export function dropOutside(copy: Copy, from: number, to: number): void {
  for (const root of copy.roots.values()) if (root.ordinal < from || root.ordinal > to) dropRoot(copy, root)
  for (const root of copy.threads.keys()) if (!copy.byId.has(root)) dropThread(copy, root)
}
