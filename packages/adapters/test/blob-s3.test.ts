import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { s3Store } from '@parley/adapters/blob/s3'
import type { S3Config } from '@parley/adapters/config'
import { findMinio, freePort, type Minio, startMinio } from '@parley/devstack'
import type { BlobStore } from '@parley/domain/ports'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blobAcceptance } from './blob-acceptance.ts'

/** Without a MinIO (PARLEY_MINIO, on PATH, or built into the cache) these are counted as skipped. */
describe.skipIf(findMinio() === null)('S3 (skipped where there is no MinIO)', () => {
  let minio: Minio | null
  let config: S3Config
  let store: BlobStore
  const dir = mkdtempSync(path.join(tmpdir(), 'parley-minio-'))

  beforeAll(async () => {
    minio = await startMinio({ dir, port: await freePort() })
    const { endpoint, accessKey, secretKey } = minio!
    config = {
      kind: 's3',
      endpoint,
      publicEndpoint: endpoint,
      bucket: 'parley-files',
      accessKey,
      secretKey,
      region: 'us-east-1',
    }
    store = s3Store(config)
    await store.check()
  })
  afterAll(async () => {
    await minio?.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  blobAcceptance(() => store)

  test('what is wrong with the settings is one sentence', async () => {
    const problem = (change: Partial<S3Config>) =>
      s3Store({ ...config, ...change })
        .check()
        .then(
          () => 'well',
          (error: Error) => error.message,
        )
    expect(await problem({ secretKey: 'wrong' })).toBe('S3_SECRET_KEY does not belong to S3_ACCESS_KEY.')
    expect(await problem({ accessKey: 'nobody' })).toBe('The S3 store does not know S3_ACCESS_KEY.')
    const nowhere = `http://127.0.0.1:${await freePort()}`
    expect(await problem({ endpoint: nowhere })).toBe('Nothing answers at S3_ENDPOINT.')
    expect(await problem({ bucket: 'another-bucket' })).toBe('well')
  })
})
