import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { cacheFolder } from './cache.ts'
import { type Ended, spawnChild } from './child.ts'
import { requireFreePort } from './port.ts'

export type Minio = {
  /** `http://…`, without a bucket: there is none yet. */
  endpoint: string
  accessKey: string
  secretKey: string
  ended: Promise<Ended>
  stop(): Promise<void>
}

const READY_MS = 30_000

/** The system's MinIO, the one that PARLEY_MINIO names, or the one that CI builds into the cache. */
export function findMinio(): string | null {
  if (process.env.PARLEY_MINIO) return process.env.PARLEY_MINIO
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean),
    path.join(cacheFolder(), 'bin'),
  ]
  return folders.map((folder) => path.join(folder, 'minio')).find((file) => existsSync(file)) ?? null
}

/**
 * Starts a real S3 server for tests, on 127.0.0.1.
 * @returns null where there is no MinIO: such tests are to be skipped by name
 */
export async function startMinio({ dir, port }: { dir: string; port: number }): Promise<Minio | null> {
  const command = findMinio()
  if (!command) return null
  await requireFreePort(port, 'MinIO')
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const [accessKey, secretKey] = ['parley-test', 'parley-test-secret']
  const child = spawnChild({
    name: 'MinIO',
    command,
    args: ['server', '--address', `127.0.0.1:${port}`, '--console-address', '127.0.0.1:0', dir],
    env: { ...process.env, MINIO_ROOT_USER: accessKey, MINIO_ROOT_PASSWORD: secretKey, MINIO_UPDATE: 'off' },
    cwd: dir,
    stopWith: [['SIGTERM', 10_000]],
  })
  try {
    await child.line(/^API: http/, READY_MS)
  } catch (error) {
    await child.stop()
    throw error
  }
  return { endpoint: `http://127.0.0.1:${port}`, accessKey, secretKey, ended: child.ended, stop: child.stop }
}
