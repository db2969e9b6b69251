import type { FileCard, Id } from '@parley/protocol'

/** What stands in `files` of one file. */
export type FileRow = {
  id: Id
  conversation_id: Id
  message_id: Id | null
  uploader_id: Id
  name: string
  type: string
  /** bigint arrives as text. */
  size: string
  state: 'uploading' | 'stored' | 'refused'
  key: string
  thumbnail_key: string | null
  width: number | null
  height: number | null
  blur: string | null
}

/** As send_messages() puts it into a message. */
export const cardOf = (row: FileRow): FileCard => ({
  id: row.id,
  name: row.name,
  type: row.type,
  size: Number(row.size),
  width: row.width,
  height: row.height,
  blur: row.blur,
  thumbnail: row.thumbnail_key !== null,
})
