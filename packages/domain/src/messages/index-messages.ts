import { indexMessages as writeEntries } from '@parley/db/queries/index-messages'
import { zId } from '@parley/protocol'
import { z } from 'zod'
import { systemOnly } from '../access.ts'
import { command } from '../command.ts'

const version = z.int().min(0)

/**
 * Brings the search index up to date with what changed, for the worker behind the message path. Any order and any
 * number of times end the same: new messages are found, edited ones by their new words only, deleted ones no more.
 */
export const indexMessages = command({
  name: 'message.index',
  input: z.strictObject({ changes: z.array(z.tuple([zId, version, version])) }),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: { none: 'the index only repeats what the messages say' },
  run: async ({ tx }, { changes }): Promise<{ entries: number }> => ({
    entries: changes.length > 0 ? await writeEntries(tx.connection, changes) : 0,
  }),
})
