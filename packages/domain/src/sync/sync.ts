import { followedThreads } from '@parley/db/queries/followed-threads'
import { changedAfter } from '@parley/db/queries/messages'
import { type MyConversation, myConversations } from '@parley/db/queries/my-conversations'
import { chosenPresence } from '@parley/db/queries/presence/chosen-presence'
import {
  type ChosenPresence,
  type FollowedThread,
  type Id,
  LIMITS,
  type SyncedChanges,
  type SyncedConversation,
  zId,
} from '@parley/protocol'
import { z } from 'zod'
import { type Reader, signedIn } from '../access.ts'
import { query } from '../command.ts'

/** PostgreSQL's largest integer: no version is beyond it. */
const zVersion = z.int().min(0).max(2_147_483_647)
const input = z.strictObject({
  /** The personal version held; 0 for none. */
  person: zVersion,
  /** [conversation, version held, 1 if messages of it are held]. */
  conversations: z
    .array(z.tuple([zId, zVersion, z.union([z.literal(0), z.literal(1)])]))
    .max(LIMITS.syncConversations),
  /** Only these; leave the others alone. */
  only: z.boolean().optional(),
})

export type SyncPart = {
  person: number
  conversations: SyncedConversation[]
  removed: Id[]
  /** What the person has chosen of their presence, if they did after the version held. */
  chosen?: ChosenPresence
  threads: FollowedThread[]
  changes: SyncedChanges[]
}

/** Conversations whose changes are read by one statement. */
const CONVERSATIONS_AT_ONCE = 20

/**
 * "What changed after what I hold?", answered with current state, in parts that each stand for themselves:
 * first the conversations, then their messages. Read lazily, so that a slow receiver holds nothing in memory; and each
 * part by who is a member when it is read, so that being slow keeps nobody in.
 */
export const sync = query({
  name: 'sync',
  input,
  access: signedIn,
  limit: 'read',
  tokens: 'messages:read',
  async run({ tx, scope }, held): Promise<AsyncGenerator<SyncPart>> {
    return parts(tx, scope.me.id, held)
  },
})

async function* parts(tx: Reader, person: Id, held: z.infer<typeof input>): AsyncGenerator<SyncPart> {
  const known = new Map(
    held.conversations.map(([id, version, messages]) => [id, { version, messages: messages === 1 }]),
  )
  // Read before the rows: at worst the client is told twice, never too little.
  const [state] = await tx.sql<{
    last_version: number
  }>`SELECT last_version FROM person_state WHERE person_id = ${person}`
  const presence = held.only ? null : await chosenPresence(tx.sql, person)
  const mine = await myConversations(tx.sql, person, held.only ? [...known.keys()] : null)
  const there = new Set(mine.map((m) => m.conversation.id))
  const changed = mine.filter((m) => isNews(m, known.get(m.conversation.id)?.version, held.person))
  yield {
    person: state?.last_version ?? 0,
    conversations: changed.map(({ conversation, membership }) => ({ conversation, membership })),
    removed: [...known.keys()].filter((id) => !there.has(id)),
    ...(presence && presence.version > held.person ? { chosen: presence.chosen } : {}),
    threads: await followedThreads(
      tx.sql,
      person,
      changed.map((m) => m.conversation.id),
      held.person,
    ),
    changes: [],
  }
  const behind = changed.flatMap((m) => {
    const at = known.get(m.conversation.id)
    return at?.messages ? [{ id: m.conversation.id, from: at.version, to: m.conversation.version }] : []
  })
  const rest = { person: state?.last_version ?? 0, conversations: [], removed: [], threads: [] }
  for await (const changes of messageChanges(tx, person, behind)) yield { ...rest, changes: [changes] }
}

const isNews = (m: MyConversation, version: number | undefined, person: number): boolean =>
  version === undefined || m.conversation.version !== version || m.personVersion > person

async function* messageChanges(
  tx: Reader,
  person: Id,
  behind: { id: Id; from: number; to: number }[],
): AsyncGenerator<SyncedChanges> {
  const deep = behind.filter((b) => b.to - b.from > LIMITS.syncDepth)
  for (const b of deep) yield { conversation: b.id, version: b.to, reset: true, messages: [] }
  let open = behind
    .filter((b) => b.to - b.from <= LIMITS.syncDepth)
    .map((b) => [b.id, b.from] as [Id, number])
  while (open.length > 0) {
    const next = open.slice(0, CONVERSATIONS_AT_ONCE)
    open = open.slice(CONVERSATIONS_AT_ONCE)
    for (const c of await changedAfter(tx.connection, person, next, LIMITS.syncBatch)) {
      yield { conversation: c.conversation, version: c.version, reset: false, messages: c.messages }
      if (!c.complete) open.push([c.conversation, c.version])
    }
  }
}
