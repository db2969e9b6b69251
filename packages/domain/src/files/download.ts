import { ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { query } from '../command.ts'
import { type MyFile, visibleFile } from './access.ts'
import type { FileRow } from './file-row.ts'

/** Whoever holds the URL may use it for so long, whoever they are: long enough to follow a redirect and to seek. */
const URL_SECONDS = 300

export type FileUrl = {
  url: string
  /** Unix milliseconds. */
  expires: number
}

/**
 * A short-lived URL of the file itself, straight from the store. `inline`: to be shown in place, which the store grants
 * to types that cannot run in a page, and to nothing else. Each is recorded.
 */
export const downloadFile = query({
  name: 'files.download',
  input: z.strictObject({ file: zId, inline: z.boolean().default(false) }),
  access: visibleFile,
  limit: 'file',
  tokens: 'messages:read',
  audit: ({ scope: { file } }: { scope: MyFile }) => ({
    action: 'file.downloaded',
    entity: { kind: 'file', id: file.id, name: file.name },
    after: { conversation: file.conversation_id, message: file.message_id },
  }),
  async run({ scope: { file }, deps }, { inline }): Promise<FileUrl> {
    return urlOf(deps, file.key, { name: file.name, type: file.type, inline })
  },
})

/** The same of its thumbnail, which says too little to be recorded and is asked for by the screenful. */
export const fileThumbnail = query({
  name: 'files.thumbnail',
  input: z.strictObject({ file: zId }),
  access: visibleFile,
  limit: 'file',
  tokens: 'messages:read',
  async run({ scope: { file }, deps }): Promise<FileUrl> {
    if (!file.thumbnail_key) throw new ParleyError('not_found', 'This file has no thumbnail.')
    return urlOf(deps, file.thumbnail_key, { name: thumbnailName(file), type: 'image/webp', inline: true })
  },
})

const thumbnailName = ({ name }: FileRow): string => `${name.replace(/\.[^.]*$/, '')}.webp`

async function urlOf(
  deps: Parameters<typeof downloadFile.run>[0]['deps'],
  key: string,
  as: { name: string; type: string; inline: boolean },
): Promise<FileUrl> {
  const url = await deps.blobs.downloadUrl(key, { ...as, seconds: URL_SECONDS })
  return { url, expires: deps.now().getTime() + URL_SECONDS * 1_000 }
}
