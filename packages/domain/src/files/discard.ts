import { zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../command.ts'
import { myUnsent } from './access.ts'

/** Takes back a file that is not sent: nobody can attach it any more, and the next clean-up removes what arrived of it. */
export const discardFile = command({
  name: 'files.discard',
  input: z.strictObject({ file: zId }),
  access: myUnsent,
  limit: 'write',
  tokens: 'files:write',
  audit: { none: 'nobody has seen it' },
  async run({ tx, scope: { file } }): Promise<{ discarded: boolean }> {
    const rows = await tx.sql`
      UPDATE files SET state = 'refused' WHERE id = ${file.id} AND message_id IS NULL RETURNING id`
    return { discarded: rows.length > 0 }
  },
})
