import { createHmac, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CannotStart } from '@parley/devstack'

export type Home = {
  folder: string
  /** Whether this start is the first on this folder. */
  fresh: boolean
  /** Signs and encrypts what must not be forged or read; whoever has it has everything. */
  secret: string
  logs: string
  at(name: string): string
  /** A password for an embedded part, the same at every start. */
  passwordFor(part: string): string
}

/** Makes the data folder, or takes up the one that is there. */
export function openHome(folder: string): Home {
  const existed = existsSync(folder)
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new CannotStart(
      `${folder} cannot be made (${(error as NodeJS.ErrnoException).code}): set PARLEY_HOME to a folder that can.`,
    )
  }
  // root's PostgreSQL runs as another account, which has to pass through here
  if (!existed) chmodSync(folder, process.getuid?.() === 0 ? 0o711 : 0o700)
  const at = (name: string) => path.join(folder, name)
  const logs = at('logs')
  mkdirSync(logs, { recursive: true, mode: 0o700 })

  const file = at('secret')
  const fresh = !existsSync(file)
  if (fresh && existsSync(at('postgres'))) {
    throw new CannotStart(
      `${folder} has data but no longer the secret that they were made with: put back ${file}.`,
    )
  }
  if (fresh) writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  const secret = readFileSync(file, 'utf8').trim()
  if (secret.length < 32)
    throw new CannotStart(`${file} is damaged: put back the one that the data were made with.`)
  const passwordFor = (part: string) =>
    createHmac('sha256', secret).update(`embedded ${part}`).digest('base64url')
  return { folder, fresh, secret, logs, at, passwordFor }
}
