import type { Tx } from '@parley/db'
import { type Id, ParleyError } from '@parley/protocol'
import type { Actor, SomeBody } from './actor.ts'
import { may, type Permission } from './permissions.ts'

export type Reader = Pick<Tx, 'sql' | 'prisma' | 'connection'>
export type At<Input> = { tx: Reader; actor: Actor; input: Input }

/**
 * Decides whether the actor may, before anything else happens and in the same transaction.
 * What it returns is the scope that `run` works in: data is reached through the actor.
 */
export type Access<Input, Scope> = (at: At<Input>) => Scope | Promise<Scope>

/** For what nobody need be signed in for; the reason is written down. */
export const anyone =
  (_because: string): Access<unknown, { actor: Actor }> =>
  ({ actor }) => ({ actor })

export function somebody(actor: Actor): SomeBody {
  if (actor.kind === 'anonymous' || actor.kind === 'system') throw new ParleyError('signed_out')
  return actor
}

export const signedIn: Access<unknown, { me: SomeBody }> = ({ actor }) => ({ me: somebody(actor) })

/** A person at a device, not a token. */
export const signedInPerson: Access<unknown, { me: Extract<Actor, { kind: 'person' }> }> = ({ actor }) => {
  if (actor.kind !== 'person') throw new ParleyError(actor.kind === 'token' ? 'not_allowed' : 'signed_out')
  return { me: actor }
}

/** A person whose role grants the permission. */
export const permitted =
  (permission: Permission): Access<unknown, { me: Extract<Actor, { kind: 'person' }> }> =>
  async (at) => {
    const { me } = await signedInPerson(at)
    if (!may(me.role, permission)) throw new ParleyError('not_allowed')
    return { me }
  }

/** Only the system itself: a worker or a command line. */
export const systemOnly: Access<unknown, { actor: Actor }> = ({ actor }) => {
  if (actor.kind !== 'system') throw new ParleyError('not_allowed')
  return { actor }
}

export type MyConversation = {
  me: SomeBody
  conversation: { id: Id; kind: string; name: string | null; archived: boolean; version: number }
  role: 'owner' | 'member'
}

/** The conversation that the input names, if the actor is a member of it; else it looks absent. */
export const memberOf: Access<{ conversation: Id }, MyConversation> = async ({ tx, actor, input }) => {
  const me = somebody(actor)
  const id = input.conversation
  const [row] = await tx.sql<Omit<MyConversation['conversation'], 'id'> & { role: MyConversation['role'] }>`
    SELECT c.kind, c.name, c.archived_at IS NOT NULL AS archived, c.last_version AS version, m.role
    FROM memberships m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.conversation_id = ${id} AND m.person_id = ${me.id} AND m.left_at IS NULL`
  if (!row) throw new ParleyError('not_found')
  const { role, ...rest } = row
  return { me, conversation: { id, ...rest }, role }
}
