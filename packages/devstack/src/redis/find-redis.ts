import { existsSync } from 'node:fs'
import path from 'node:path'
import { unpackDebianPackages } from '../debian.ts'
import { CannotStart } from '../errors.ts'

const NAMES = ['redis-server', 'valkey-server']

type Places = { folders: string[]; unpack: typeof unpackDebianPackages }

const systemPlaces = (): Places => ({
  folders: [
    ...(process.env.PATH ?? '').split(path.delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ],
  unpack: unpackDebianPackages,
})

/**
 * The system's own server where there is one; else, on Debian and its relatives, the distribution's package unpacked
 * into the cache, which needs no root.
 */
export function findRedis(places: Places = systemPlaces()): { command: string; env: Record<string, string> } {
  for (const name of NAMES) {
    for (const folder of places.folders) {
      const command = path.join(folder, name)
      if (folder && existsSync(command)) return { command, env: {} }
    }
  }
  for (const name of NAMES) {
    const unpacked = places.unpack([name])
    const command = unpacked && path.join(unpacked.folder, 'usr/bin', name)
    if (command && existsSync(command)) return { command, env: unpacked.env }
  }
  const how =
    process.platform === 'darwin'
      ? '"brew install redis"'
      : 'your package manager (the package is called redis or valkey)'
  throw new CannotStart(`Redis is needed and not on this machine: install it with ${how}, or set REDIS_URL.`)
}
