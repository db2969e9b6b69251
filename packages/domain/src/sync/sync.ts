import { changedAfter } from '@parley/db/queries/changed-after'
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
import { zCount } from '../count.ts'
import { firstPart } from './first-parts.ts'

const input = z.strictObject({
  /** The personal version held; 0 for none. */
  person: zCount,
  /** [conversation, version held, 1 if messages of it are held]. */
  conversations: z
    .array(z.tuple([zId, zCount, z.union([z.literal(0), z.literal(1)])]))
    .max(LIMITS.syncConversations),
  /** Only these; leave the others alone. */
  only: z.boolean().optional(),
})

export type SyncPart = {
  /** What the part behind it tells of: `conversations` are read together with those of others. Null: it is the last. */
  next: 'conversations' | 'changes' | null
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
 * "What changed after what I hold?", answered with current state, in parts of bounded size that each stand for themselves:
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

type Behind = { id: Id; from: number; to: number }

async function* parts(tx: Reader, person: Id, asked: z.infer<typeof input>): AsyncGenerator<SyncPart> {
  const known = new Map(
    asked.conversations.map(([id, version, messages]) => [id, { version, messages: messages === 1 }]),
  )
  const held = { version: asked.person, conversations: known, only: asked.only ?? false }
  const gone = new Set(known.keys())
  const behind: Behind[] = []
  let version: number | null = null
  let after: Id | null = null
  do {
    const part = await firstPart(tx, { person, held, after })
    // what the client has from later parts may be newer: then it is told of it twice
    version ??= part.version
    after = part.next
    for (const { conversation } of part.conversations) gone.delete(conversation.id)
    for (const { conversation } of part.changed) {
      const at = known.get(conversation.id)
      if (at?.messages) behind.push({ id: conversation.id, from: at.version, to: conversation.version })
    }
    yield {
      next: after !== null ? 'conversations' : behind.length > 0 ? 'changes' : null,
      person: version,
      conversations: part.changed.map(({ conversation, membership }) => ({ conversation, membership })),
      removed: after === null ? [...gone] : [],
      ...(part.chosen && { chosen: part.chosen }),
      threads: part.threads,
      changes: [],
    }
  } while (after !== null)
  const rest = { person: version, conversations: [], removed: [], threads: [] }
  for await (const part of messageChanges(tx, person, behind)) yield { ...rest, ...part }
}

/** What one statement found is one part: nothing of it waits here for the receiver. */
async function* messageChanges(
  tx: Reader,
  person: Id,
  behind: Behind[],
): AsyncGenerator<Pick<SyncPart, 'next' | 'changes'>> {
  const isDeep = (b: Behind) => b.to - b.from > LIMITS.syncDepth
  const deep = behind.filter(isDeep)
  let open = behind.filter((b) => !isDeep(b)).map((b): [Id, number] => [b.id, b.from])
  if (deep.length > 0)
    yield {
      next: open.length > 0 ? 'changes' : null,
      changes: deep.map((b) => ({ conversation: b.id, version: b.to, reset: true, messages: [] })),
    }
  while (open.length > 0) {
    const next = open.slice(0, CONVERSATIONS_AT_ONCE)
    const each = Math.ceil(LIMITS.syncBatch / next.length)
    const { found, rest } = await changedAfter(tx.connection, person, next, each)
    open = [...open.slice(CONVERSATIONS_AT_ONCE), ...rest]
    yield {
      next: open.length > 0 ? 'changes' : null,
      changes: found.map((changed) => ({ ...changed, reset: false })),
    }
  }
}
