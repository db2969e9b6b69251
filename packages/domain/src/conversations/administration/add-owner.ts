import { membersAmong } from '@parley/db/queries/conversations/add-members'
import { ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../../command.ts'
import { type Administered, administered } from '../access.ts'
import { addPeople } from '../add-people.ts'
import { entityOf } from '../entity.ts'
import { giveRole } from '../give-role.ts'
import { roleOf } from '../member-role.ts'
import { requireOpen } from '../policy.ts'
import { requireWelcome } from '../welcome.ts'

const input = z.strictObject({ conversation: zId, person: zId })
type Done = {
  scope: Administered
  input: z.infer<typeof input>
  result: { joined: boolean; changed: boolean }
}

/**
 * An administrator gives a channel an owner, for one whose owners are gone. Nobody lets themselves into a private
 * channel in this way: that takes a second administrator, or a member.
 */
export const addOwner = command({
  name: 'conversation.addOwner',
  input,
  access: administered,
  limit: 'administration',
  tokens: 'never',
  audit: ({ scope, input: { person }, result }: Done) =>
    result.changed
      ? {
          action: result.joined ? 'conversation.invited' : 'conversation.role_changed',
          entity: entityOf(scope.conversation),
          after: { person, role: 'owner' },
        }
      : null,
  async run(context, { conversation, person }): Promise<Done['result']> {
    const { tx, scope } = context
    requireOpen(scope.conversation)
    await requireWelcome(tx.sql, [person])
    const isMember = (await membersAmong(tx.sql, conversation, [person])).has(person)
    if (isMember) {
      if ((await roleOf(tx.sql, conversation, person)) === 'owner') return { joined: false, changed: false }
      await giveRole(context, conversation, { person, role: 'owner' })
      return { joined: false, changed: true }
    }
    if (person === scope.me.id && scope.conversation.kind === 'private')
      throw new ParleyError(
        'not_allowed',
        'You are not a member of this private channel. Ask another administrator or one of its members.',
      )
    await addPeople(context, conversation, [{ person, role: 'owner' }])
    return { joined: true, changed: true }
  },
})
