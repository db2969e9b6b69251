import { type FileCard, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { systemOnly } from '../access.ts'
import { command } from '../command.ts'
import { cardOf, type FileRow } from './file-row.ts'

/** Writes down that a file is there and what it is, and has it looked at closer. */
export const keepUpload = command({
  name: 'files.keepUpload',
  input: z.strictObject({ file: zId, type: z.string().max(255) }),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: { none: 'nobody sees a file before its message, which is its record' },
  async run({ tx, deps, tell }, { file, type }): Promise<FileCard> {
    const [row] = await tx.sql<FileRow>`
      UPDATE files SET state = 'stored', type = ${type}, stored_at = coalesce(stored_at, ${deps.now()})
      WHERE id = ${file} AND state <> 'refused' RETURNING *`
    if (!row) throw new ParleyError('gone', 'The file was discarded meanwhile.')
    tell.job({ name: 'file.process', payload: { file } })
    return cardOf(row)
  },
})
