import { buffer } from 'node:stream/consumers'
import { zId } from '@parley/protocol'
import { z } from 'zod'
import { systemOnly } from '../access.ts'
import type { Actor } from '../actor.ts'
import { grouped, perform } from '../command.ts'
import type { FileRow } from './file-row.ts'
import { keepPreview } from './keep-preview.ts'
import { thumbnailKeyOf } from './keys.ts'

/** A picture that takes more than this is not decoded: it is held in memory whole. */
const IMAGE_BYTES = 50 * 1_048_576

/**
 * Makes the thumbnail of a picture, and finds out its size and its blurred preview. Any number of times end the same;
 * what is gone or is no picture is left alone.
 */
export const processFile = grouped<{ file: string }, { thumbnail: boolean }, { actor: Actor }>({
  name: 'files.process',
  input: z.strictObject({ file: zId }),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: { none: 'a thumbnail only repeats what the file says' },
  async run({ scope: { actor }, deps }, { file }) {
    const [row] = await deps.db.sql<FileRow>`SELECT * FROM files WHERE id = ${file} AND state = 'stored'`
    if (!row?.type.startsWith('image/') || row.thumbnail_key || Number(row.size) > IMAGE_BYTES)
      return { thumbnail: row?.thumbnail_key != null }
    const made = await deps.media.thumbnail(await buffer(await deps.blobs.read(row.key)))
    if (!made) return { thumbnail: false }
    const { content, ...preview } = made
    const key = thumbnailKeyOf(row.key)
    await deps.blobs.write(key, content, { type: 'image/webp', size: content.length })
    return perform(keepPreview, actor, { file, key, ...preview }, deps)
  },
})
