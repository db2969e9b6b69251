import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@parley/db'
import { membersAmong } from '@parley/db/queries/delivery/members-among'
import { versionsOf } from '@parley/db/queries/delivery/versions-of'
import type { Log } from '@parley/domain/ports'
import type { Id } from '@parley/protocol'
import { frameOf } from '../gateway/frame.ts'
import { BOUNDS } from './bounds.ts'
import { type Local, type LocalConversation, type LocalPerson, part } from './local.ts'

type Options = {
  db: Database
  log: Log
  now(): number
  /** The conversation's version is known again. */
  release(conversation: LocalConversation): void
  isClosed(): boolean
}

/**
 * Asks the database how far doubtful conversations went and who is still in them, and tells those to fetch what they
 * miss. Rule 11 of docs/subsystems/message-path.md: until then nothing of such a conversation is forwarded.
 */
export function lookUp(local: Local, { db, log, now, release, isClosed }: Options) {
  const doubtful = new Set<LocalConversation>()
  let running = false

  async function run(): Promise<void> {
    running = true
    while (doubtful.size > 0 && !isClosed()) {
      const batch = [...doubtful].slice(0, BOUNDS.asked)
      for (const conversation of batch) {
        doubtful.delete(conversation)
        conversation.joined = new Set()
      }
      try {
        await ask(batch)
      } catch (error) {
        if (isClosed()) break
        log.error('conversations could not be looked up; trying again', error, {
          conversations: batch.length,
        })
        for (const conversation of batch) doubtful.add(conversation)
        await sleep(BOUNDS.againMs, undefined, { ref: false })
        continue
      }
      for (const conversation of batch) {
        conversation.joined = null
        release(conversation)
      }
    }
    running = false
  }

  async function ask(batch: LocalConversation[]): Promise<void> {
    const versions = await versionsOf(
      db.connection,
      batch.map(({ id }) => id),
    )
    const moved = batch.filter(({ id, version }) => (versions.get(id) ?? 0) > version)
    for (const pairs of pairsOf(moved)) await partWhoLeft(pairs)
    for (const conversation of moved) tell(conversation, versions.get(conversation.id)!)
  }

  /** Read after the versions: whoever is removed later than that is removed by a version that is still to come. */
  async function partWhoLeft(pairs: Pair[]): Promise<void> {
    const rows = await membersAmong(
      db.connection,
      pairs.map(([conversation, person]) => [conversation.id, person.id]),
    )
    const members = new Set(rows.map(({ conversation, person }) => key(conversation, person)))
    for (const [conversation, person] of pairs)
      if (!members.has(key(conversation.id, person.id)) && !conversation.joined?.has(person))
        part(local, person, conversation)
  }

  function tell(conversation: LocalConversation, version: number): void {
    if (version <= conversation.version) return
    conversation.version = version
    const frame = frameOf({ t: 'changed-conversation', conversation: conversation.id, version })
    for (const { connections } of conversation.people)
      for (const connection of connections) connection.live(frame, now())
  }

  return (conversation: LocalConversation): void => {
    doubtful.add(conversation)
    if (!running) void run()
  }
}

type Pair = [LocalConversation, LocalPerson]
/** Pairs of one question: after Redis was away, every person in every conversation is asked for. */
const PAIRS = 10_000

function* pairsOf(conversations: LocalConversation[]): Generator<Pair[]> {
  let pairs: Pair[] = []
  for (const conversation of conversations)
    for (const person of [...conversation.people])
      if (pairs.push([conversation, person]) === PAIRS) {
        yield pairs
        pairs = []
      }
  if (pairs.length > 0) yield pairs
}

const key = (conversation: Id, person: Id): string => `${conversation} ${person}`
