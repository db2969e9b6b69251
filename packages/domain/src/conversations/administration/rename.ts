import { type ConversationChanges, zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../../command.ts'
import { type Administered, administered } from '../access.ts'
import { zChannelName } from '../channel-name.ts'
import { entityOf } from '../entity.ts'
import { writeChanges } from '../write-changes.ts'

type Renamed = { before: ConversationChanges; after: ConversationChanges }

/** An administrator, a member or not, gives a channel another name. */
export const renameAnyChannel = command({
  name: 'conversation.renameAny',
  input: z.strictObject({ conversation: zId, name: zChannelName }),
  access: administered,
  limit: 'administration',
  tokens: 'never',
  audit: ({ scope, result: { before, after } }: { scope: Administered; result: Renamed }) =>
    after.name === undefined
      ? null
      : { action: 'conversation.changed', entity: entityOf(scope.conversation), before, after },
  run: (context, { conversation, name }): Promise<Renamed> => writeChanges(context, conversation, { name }),
})
