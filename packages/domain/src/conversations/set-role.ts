import { type MembershipRole, zId } from '@parley/protocol'
import { z } from 'zod'
import type { MyConversation } from '../access.ts'
import { command } from '../command.ts'
import { heldMember } from './access.ts'
import { entityOf } from './entity.ts'
import { giveRole } from './give-role.ts'
import { requireAnotherOwner } from './last-owner.ts'
import { roleOf } from './member-role.ts'
import { requireChannel, requireManager, requireOpen } from './policy.ts'
import { requireWelcome } from './welcome.ts'

const input = z.strictObject({ conversation: zId, person: zId, role: z.enum(['owner', 'member']) })
type Done = { scope: MyConversation; input: z.infer<typeof input>; result: { before: MembershipRole } }

/** Makes a member of a channel an owner, or an owner a member. The last owner stays one. */
export const setMemberRole = command({
  name: 'conversation.setRole',
  input,
  access: heldMember,
  limit: 'write',
  tokens: 'never',
  audit: ({ scope, input: { person, role }, result: { before } }: Done) =>
    before === role
      ? null
      : {
          action: 'conversation.role_changed',
          entity: entityOf(scope.conversation),
          before: { person, role: before },
          after: { person, role },
        },
  async run(context, { conversation, person, role }): Promise<{ before: MembershipRole }> {
    const { tx, scope } = context
    requireChannel(scope.conversation)
    requireManager(scope)
    requireOpen(scope.conversation)
    const before = await roleOf(tx.sql, conversation, person)
    if (before === role) return { before }
    if (role === 'owner') await requireWelcome(tx.sql, [person])
    else await requireAnotherOwner(tx.sql, conversation, person)
    await giveRole(context, conversation, { person, role })
    return { before }
  },
})
