import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { exactLength } from './exact-length.ts'
import { requireKey } from './keys.ts'

/** What arrives lies in `incoming` until it is whole, and only then, in one step, under its key in `objects`. */
export type DiskFolder = {
  /** @throws WrongLength when a `size` is given and it is not exactly that */
  receive(content: Readable, size: number | null): Promise<Received>
  size(key: string): Promise<number | null>
  /** `end` is inclusive. Fails with ENOENT when there is no such object. */
  read(key: string, range?: { start: number; end: number }): Promise<Readable>
  remove(key: string): Promise<void>
  list(prefix: string): AsyncIterable<{ key: string; size: number }>
  /** What an interrupted process left behind. */
  sweep(olderThanMs: number): Promise<void>
}
export type Received = {
  /** Puts it under its key. @returns false when `onlyNew` and there is something already */
  keep(key: string, options: { onlyNew: boolean }): Promise<boolean>
  discard(): Promise<void>
}

export async function openDiskFolder(dir: string): Promise<DiskFolder> {
  const incoming = path.join(dir, 'incoming')
  const objects = path.join(dir, 'objects')
  for (const folder of [incoming, objects]) await mkdir(folder, { recursive: true, mode: 0o700 })
  const placeOf = (key: string) => {
    requireKey(key)
    return path.join(objects, ...key.split('/'))
  }

  return {
    async receive(content, size) {
      const file = path.join(incoming, randomUUID())
      const discard = () => rm(file, { force: true })
      // there before anything can fail, so that discarding it cannot come too early
      const write = (await open(file, 'wx', 0o600)).createWriteStream({ flush: true })
      try {
        await (size === null ? pipeline(content, write) : pipeline(content, exactLength(size), write))
      } catch (error) {
        await discard()
        throw error
      }
      return { discard, keep: (key, options) => keep(file, placeOf(key), options.onlyNew) }
    },
    async size(key) {
      try {
        const found = await stat(placeOf(key))
        return found.isFile() ? found.size : null
      } catch (error) {
        if (isAbsent(error)) return null
        throw error
      }
    },
    async read(key, range) {
      // opened first, so that a missing one is an error here and not later in the stream
      const handle = await open(placeOf(key))
      return createReadStream('', { fd: handle, ...range })
    },
    remove: (key) => rm(placeOf(key), { force: true }),
    list: (prefix) => walk(objects, '', prefix),
    async sweep(olderThanMs) {
      for (const name of await readdir(incoming)) {
        const file = path.join(incoming, name)
        const found = await stat(file).catch(() => null)
        if (found && Date.now() - found.mtimeMs > olderThanMs) await rm(file, { force: true })
      }
    },
  }
}

async function keep(file: string, place: string, onlyNew: boolean): Promise<boolean> {
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
  if (!onlyNew) {
    await rename(file, place)
    return true
  }
  try {
    // unlike rename, link never replaces
    await link(file, place)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(file, { force: true })
  }
}

const isAbsent = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

async function* walk(
  objects: string,
  folder: string,
  prefix: string,
): AsyncGenerator<{ key: string; size: number }> {
  const entries = await readdir(path.join(objects, folder), { withFileTypes: true }).catch((error) => {
    if (isAbsent(error)) return []
    throw error
  })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const key = folder ? `${folder}/${entry.name}` : entry.name
    if (entry.isDirectory()) {
      // a folder may hold matches when either begins with the other
      if (`${key}/`.startsWith(prefix) || prefix.startsWith(`${key}/`)) yield* walk(objects, key, prefix)
    } else if (entry.isFile() && key.startsWith(prefix)) {
      const found = await stat(path.join(objects, key)).catch(() => null)
      if (found) yield { key, size: found.size }
    }
  }
}
