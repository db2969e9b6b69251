import { type Database, openDatabase } from '@parley/db'
import { type Actor, perform } from '@parley/domain'
import type { Deps } from '@parley/domain/deps'
import { type MessageWriter, messageWriter } from '@parley/domain/messages/writer'
import type { Publication } from '@parley/domain/publication'
import { type ConversationEvent, type Id, idSource } from '@parley/protocol'
import { testDatabase } from '../../../../tests/support/index.ts'

export const alice = person('11', 'Alice')
export const bob = person('12', 'Bob')
export const mallory = person('13', 'Mallory')
export const general: Id = '21'

function person(id: Id, name: string): Extract<Actor, { kind: 'person' }> {
  return { kind: 'person', id, name, role: 'member', session: '1', device: '1', address: '127.0.0.1' }
}

/** One public channel with alice and bob in it, on a database of its own; what is published is kept to look at. */
export async function openRoom() {
  const database = await testDatabase()
  const db = openDatabase(database.url)
  await db.sql`INSERT INTO people (id, name) VALUES (${alice.id}, 'Alice'), (${bob.id}, 'Bob'), (${mallory.id}, 'Mallory')`
  await db.sql`INSERT INTO conversations (id, kind, name, created_by, member_count) VALUES (${general}, 'public', 'general', ${alice.id}, 2)`
  await db.sql`INSERT INTO memberships (conversation_id, person_id) VALUES (${general}, ${alice.id}), (${general}, ${bob.id})`
  const published: Publication[] = []
  const deps = roomDeps(db, published)
  const others: Database[] = []
  return {
    db,
    deps,
    events: (): ConversationEvent[] => published.flatMap((p) => p.conversations.get(general) ?? []),
    // biome-ignore lint/suspicious/noExplicitAny: acts of every shape
    as: (actor: Actor, act: any, input: unknown): Promise<any> => perform(act, actor, input, deps),
    /** The writer of a second process: with a connection of its own, or it would only wait for the first. */
    anotherWriter(options: { writerMs?: number } = {}): MessageWriter {
      const own = openDatabase(database.url, options)
      others.push(own)
      return messageWriter({ ...deps, db: own })
    },
    async close() {
      await deps.messages.drain()
      for (const other of others) await other.close()
      await db.close()
      await database.drop()
    },
  }
}

function roomDeps(db: Database, published: Publication[]): Deps {
  const newId = idSource(1)
  const publisher = { publish: async (p: Publication) => void published.push(p) }
  const queue = { add: async () => {}, remove: async () => {}, counts: async () => ({}) }
  const log = { info() {}, warn() {}, error() {} }
  const base = {
    db,
    newId,
    publisher,
    queue,
    log,
    now: () => new Date(),
    limiter: { take: async () => null },
  }
  // What lies outside the message path is not reached from here; touching it is a TypeError, not a pass.
  return { ...base, messages: messageWriter(base) } as unknown as Deps
}

export const clientId = (): string => crypto.randomUUID()
