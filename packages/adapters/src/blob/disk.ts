import type { KeyObject } from 'node:crypto'
import { Readable } from 'node:stream'
import type { BlobStore } from '@parley/domain/ports'
import { ParleyError } from '@parley/protocol'
import { type DiskFolder, openDiskFolder } from './disk-folder.ts'
import { signGrant } from './disk-signature.ts'
import { requireKey } from './keys.ts'
import { servedAs } from './served-as.ts'

/**
 * Objects in a folder that all processes share. Browsers reach them through disk-server.ts at `url`; `signingKey` is
 * secrets.key('blob').
 */
export function diskStore({
  url,
  dir,
  signingKey,
}: {
  url: string
  dir: string
  signingKey: KeyObject
}): BlobStore {
  let opened: Promise<DiskFolder> | null = null
  const folder = () => {
    opened ??= openDiskFolder(dir).catch((error: unknown) => {
      opened = null
      throw error
    })
    return opened
  }
  const until = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds

  return {
    async uploadUrl(key, { size, seconds }) {
      requireKey(key)
      return {
        url: signGrant(signingKey, url, { method: 'PUT', key, expires: until(seconds), size }),
        headers: {},
      }
    },
    async downloadUrl(key, { seconds, ...asked }) {
      requireKey(key)
      return signGrant(signingKey, url, { method: 'GET', key, expires: until(seconds), ...servedAs(asked) })
    },
    async stat(key) {
      const size = await (await folder()).size(key)
      return size === null ? null : { size }
    },
    async read(key, { bytes } = {}) {
      if (bytes === 0) return Readable.from([])
      try {
        return await (await folder()).read(key, bytes ? { start: 0, end: bytes - 1 } : undefined)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new ParleyError('not_found')
        throw error
      }
    },
    async write(key, content, { size }) {
      requireKey(key)
      const stream = Buffer.isBuffer(content) ? Readable.from([content]) : content
      const received = await (await folder()).receive(stream, size ?? null)
      await received.keep(key, { onlyNew: false })
    },
    async remove(keys) {
      for (const key of keys) await (await folder()).remove(key)
    },
    async *list(prefix) {
      yield* (await folder()).list(prefix)
    },
    async check() {
      try {
        const received = await (await folder()).receive(Readable.from([Buffer.from('ok')]), 2)
        await received.discard()
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
        throw new ParleyError(
          'unavailable',
          `${REASONS[code] ?? `The folder for files cannot be used (${code})`}.`,
        )
      }
    },
  }
}

const REASONS: Record<string, string> = {
  EACCES: 'The folder for files (PARLEY_BLOB_DIR) may not be written to by this process',
  EROFS: 'The folder for files (PARLEY_BLOB_DIR) is mounted read-only',
  ENOSPC: 'The disk that holds files (PARLEY_BLOB_DIR) is full',
  ENOTDIR: 'PARLEY_BLOB_DIR names a file and must name a folder',
}
