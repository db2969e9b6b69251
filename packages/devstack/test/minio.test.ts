import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { findMinio, freePort, startMinio } from '../src/index.ts'

test.runIf(findMinio())('MinIO is up and lets no stranger in', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'parley-minio-'))
  const server = await startMinio({ dir, port: await freePort() })
  expect((await fetch(`${server?.endpoint}/minio/health/live`)).status).toBe(200)
  expect((await fetch(`${server?.endpoint}/files/secret.txt`)).status).toBe(403)
  await server?.stop()
  rmSync(dir, { recursive: true, force: true })
})
