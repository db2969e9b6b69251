import { buffer } from 'node:stream/consumers'
import { type FileCard, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { grouped, perform } from '../command.ts'
import { type MyFile, myUnsent } from './access.ts'
import { cardOf } from './file-row.ts'
import { keepUpload } from './keep-upload.ts'

/** Enough of a file to know it by. */
const HEAD_BYTES = 4_100

/**
 * The upload is over: looks whether it is whole, and finds out what it really is. From here on it can be sent. May be
 * repeated. The store is asked before any transaction, never within one.
 * @throws ParleyError('conflict') when nothing has arrived, ('bad_input') when it is not the size that was said
 */
export const completeUpload = grouped<{ file: string }, FileCard, MyFile>({
  name: 'files.complete',
  input: z.strictObject({ file: zId }),
  access: myUnsent,
  limit: 'upload',
  tokens: 'files:write',
  audit: { none: 'nobody sees a file before its message, which is its record' },
  async run({ scope: { file }, deps }): Promise<FileCard> {
    if (file.state === 'stored') return cardOf(file)
    const stored = await deps.blobs.stat(file.key)
    if (!stored) throw new ParleyError('conflict', 'The file has not arrived. Upload it, then try again.')
    if (stored.size !== Number(file.size))
      throw new ParleyError(
        'bad_input',
        `${stored.size} bytes arrived instead of ${file.size}. Attach the file anew.`,
        { field: 'file' },
      )
    const head = await buffer(await deps.blobs.read(file.key, { bytes: HEAD_BYTES }))
    const type = await deps.media.sniff(head)
    return perform(keepUpload, { kind: 'system', name: 'files' }, { file: file.id, type }, deps)
  },
})
