import type { Id } from '@parley/protocol'
import { ask } from '../api/client.ts'
import { tellFailure } from '../message/tell-failure.ts'

/** Addresses that stay: each visit is judged anew and led on to the store. */
export const fileAddress = (file: Id) => `/api/files/${file}`
export const thumbnailAddress = (file: Id) => `/api/files/${file}/thumbnail`
export const downloadAddress = (file: Id) => `/api/files/${file}?download`

/** Asked for rather than followed, so that a session that is over is renewed and a refusal is said in words. */
export async function download(file: Id): Promise<void> {
  try {
    const { url } = await ask('files.download', { file, inline: false })
    window.location.assign(url)
  } catch (error) {
    tellFailure(error)
  }
}
