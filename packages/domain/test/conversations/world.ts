import { type Act, type Actor, perform } from '@parley/domain'
import { createChannel } from '@parley/domain/conversations/index'
import { indexMessages } from '@parley/domain/messages/index'
import type { Publication } from '@parley/domain/publication'
import { SCOPES, type Scope } from '@parley/domain/scopes'
import { sync } from '@parley/domain/sync/index'
import type {
  Conversation,
  ConversationEvent,
  Id,
  Membership,
  PersonalEvent,
  SyncedConversation,
} from '@parley/protocol'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

export type World = Awaited<ReturnType<typeof openWorld>>

/** Alice, bob, carol and mallory are members of the organisation, dan administers it, erin audits it. */
export async function openWorld() {
  const world = await testDeps()
  const as = <I, R>(who: Actor, act: Act<I, R>, input: unknown): Promise<R> =>
    perform(act, who, input, world.deps)
  const [alice, bob, carol, mallory, dan, erin] = await Promise.all([
    someone(world, 'alice'),
    someone(world, 'bob'),
    someone(world, 'carol'),
    someone(world, 'mallory'),
    someone(world, 'dan', 'administrator'),
    someone(world, 'erin', 'auditor'),
  ])
  return {
    ...{ ...world, as, alice, bob, carol, mallory, dan, erin },
    /** A channel of alice's with these people in it. */
    channel: async (name: string, people: Someone[] = [], kind = 'public'): Promise<Id> =>
      (await as(alice, createChannel, { kind, name, people: people.map((p) => p.id) })).id,
    /** What was told of a conversation, and to a person, in order. */
    told: (id: Id): ConversationEvent[] => flat(world.published, (p) => p.conversations.get(id)),
    toldTo: (who: Someone): PersonalEvent[] => flat(world.published, (p) => p.people.get(who.id)),
    /** What a person sees who has just connected. */
    fetched: (who: Someone) => fetchedBy(world, who),
    lost: () => lost(world),
    /** Does what the worker would be told to do by now. */
    indexed: () => index(world),
  }
}

export const bot = ({ id, name }: Someone, scopes = Object.keys(SCOPES) as Scope[]): Actor => ({
  ...{ kind: 'token', id, name, token: '1', scopes, address: '192.0.2.7' },
})

const flat = <E extends { version: number }>(
  all: Publication[],
  of: (p: Publication) => E[] | undefined,
): E[] => all.flatMap((p) => of(p) ?? []).sort((a, b) => a.version - b.version)

async function fetchedBy({ deps }: TestDeps, who: Someone): Promise<Map<Id, SyncedConversation>> {
  const mine = new Map<Id, { conversation: Conversation; membership: Membership }>()
  for await (const part of await perform(sync, who, { person: 0, conversations: [] }, deps))
    for (const one of part.conversations) mine.set(one.conversation.id, one)
  return mine
}

async function index({ deps, jobs }: TestDeps): Promise<void> {
  await deps.messages.drain()
  for (const job of jobs.splice(0))
    if (job.name === 'messages.changed')
      await perform(indexMessages, { kind: 'system', name: 'worker' }, job.payload, deps)
}

/**
 * Versions that were given out and not told, or told and not given out: there must be none, since a client takes a gap
 * for a loss (message-path rules 2 and 9).
 */
async function lost({ db, published }: TestDeps): Promise<string[]> {
  const conversations = await db.sql<{
    id: Id
    last: number
  }>`SELECT id, last_version AS last FROM conversations`
  const people = await db.sql<{
    id: Id
    last: number
  }>`SELECT person_id AS id, last_version AS last FROM person_state`
  const check = (what: string, id: Id, last: number, events: { version: number }[]) => {
    const versions = events.map((e) => e.version).join()
    const expected = Array.from({ length: last }, (_, i) => i + 1).join()
    return versions === expected ? [] : [`${what} ${id}: told ${versions}, given out 1–${last}`]
  }
  return [
    ...conversations.flatMap((c) =>
      check(
        'conversation',
        c.id,
        c.last,
        flat(published, (p) => p.conversations.get(c.id)),
      ),
    ),
    ...people.flatMap((p) =>
      check(
        'person',
        p.id,
        p.last,
        flat(published, (x) => x.people.get(p.id)),
      ),
    ),
  ]
}
