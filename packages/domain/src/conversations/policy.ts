import { type ConversationKind, ParleyError } from '@parley/protocol'
import type { MyConversation } from '../access.ts'
import { may } from '../permissions.ts'

export const isChannel = (kind: string): kind is Extract<ConversationKind, 'public' | 'private'> =>
  kind === 'public' || kind === 'private'

/** Owners of the channel, and who administers conversations where they are members themselves. */
export const mayManage = ({ me, role }: Pick<MyConversation, 'me' | 'role'>): boolean =>
  role === 'owner' || (me.kind === 'person' && may(me.role, 'conversations.manage'))

/** @throws ParleyError('not_allowed') */
export function requireManager(scope: Pick<MyConversation, 'me' | 'role'>): void {
  if (!mayManage(scope)) throw new ParleyError('not_allowed', 'Only an owner of the channel may do this.')
}

/** @throws ParleyError('conflict') for what is between people, not about a subject */
export function requireChannel({ kind }: { kind: string }): void {
  if (!isChannel(kind)) throw new ParleyError('conflict', 'This can only be done in a channel.')
}

/** @throws ParleyError('conflict') */
export function requireOpen({ archived }: { archived: boolean }): void {
  if (archived) throw new ParleyError('conflict', 'This channel is archived. An owner can restore it.')
}
