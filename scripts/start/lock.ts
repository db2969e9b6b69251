import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** sun_path holds 104 bytes on macOS and 108 on Linux. */
const LONGEST = 100

export type Lock = { release(): void }

/**
 * Lets one process at a time hold a folder. The lock is a socket that is listened on: it ends with its holder, however
 * that ends, and no process id has to be guessed at.
 * @param note told to whoever finds the folder taken
 * @returns the lock, or the note of its holder
 */
export async function lockFolder(
  folder: string,
  name: string,
  note: string,
): Promise<Lock | { heldBy: string }> {
  const file = socketFile(folder, name)
  for (;;) {
    const server = await listen(file, note)
    if (server) return { release: () => server.close() }
    const heldBy = await ask(file)
    if (heldBy !== null) return { heldBy }
    rmSync(file, { force: true })
  }
}

/** As above, but waits for its turn. */
export async function waitForLock(folder: string, name: string, signal: AbortSignal): Promise<Lock> {
  for (;;) {
    const lock = await lockFolder(folder, name, '')
    if ('release' in lock) return lock
    await sleep(200, undefined, { signal })
  }
}

function socketFile(folder: string, name: string): string {
  const near = path.join(folder, `${name}.lock`)
  if (Buffer.byteLength(near) <= LONGEST) return near
  return path.join(tmpdir(), `parley-${createHash('sha256').update(near).digest('hex').slice(0, 16)}.lock`)
}

function listen(file: string, note: string) {
  const server = createServer((socket) => socket.on('error', () => {}).end(note))
  return new Promise<typeof server | null>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    server.listen(file, () => resolve(server.unref()))
  })
}

/** @returns null when nobody is there any more */
function ask(file: string): Promise<string | null> {
  return new Promise((resolve) => {
    let note = ''
    const socket = connect(file)
    socket.on('data', (chunk) => {
      note += chunk.toString()
    })
    socket.once('error', () => resolve(null))
    socket.once('end', () => resolve(note))
  })
}
