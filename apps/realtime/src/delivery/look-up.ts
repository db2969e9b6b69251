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
}

/**
 * Asks the database how far doubtful conversations went and who is still in them, and tells those to fetch what they
 * miss. Rule 11 of docs/subsystems/message-path.md: until then nothing of such a conversation is forwarded.
 */
export function lookUp(local: Local, { db, log, now, release }: Options) {
  const doubtful = new Set<LocalConversation>()
  let running = false

  async function run(): Promise<void> {
    running = true
    while (doubtful.size > 0) {
      const batch = [...doubtful].slice(0, BOUNDS.asked)
      for (const conversation of batch) {
        doubtful.delete(conversation)
        conversation.joined = new Set()
      }
      try {
        await ask(batch)
      } catch (error) {
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
    const asked = moved.flatMap((conversation) =>
      [...conversation.people].map((p) => [conversation, p] as const),
    )
    const members = await stillMembers(asked)
    for (const [conversation, person] of asked)
      if (!members.has(key(conversation.id, person.id)) && !conversation.joined?.has(person))
        part(local, person, conversation)
    for (const conversation of moved) tell(conversation, versions.get(conversation.id)!)
  }

  /** Read after the versions: whoever is removed later than that is removed by a version that is still to come. */
  async function stillMembers(asked: (readonly [LocalConversation, LocalPerson])[]): Promise<Set<string>> {
    const members = new Set<string>()
    for (let i = 0; i < asked.length; i += PAIRS) {
      const pairs = asked.slice(i, i + PAIRS).map(([c, p]): [Id, Id] => [c.id, p.id])
      for (const { conversation, person } of await membersAmong(db.connection, pairs))
        members.add(key(conversation, person))
    }
    return members
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

/** Pairs of a conversation and a person of one question. */
const PAIRS = 10_000
const key = (conversation: Id, person: Id): string => `${conversation} ${person}`
