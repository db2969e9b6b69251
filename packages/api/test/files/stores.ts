import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { diskStore } from '@parley/adapters/blob/disk'
import { openDiskFolder } from '@parley/adapters/blob/disk-folder'
import { blobServer } from '@parley/adapters/blob/disk-server/serve'
import { s3Store } from '@parley/adapters/blob/s3'
import { openSecrets } from '@parley/adapters/secrets'
import { freePort, startMinio } from '@parley/devstack'
import type { BlobStore } from '@parley/domain/ports'
import { testProbed } from '../../../../tests/support/probed.ts'

export type OpenStore = { store: BlobStore; close(): Promise<void> }

/** The disk store and the server that browsers reach it by. */
export async function openDisk(): Promise<OpenStore> {
  const dir = mkdtempSync(path.join(tmpdir(), 'parley-attachments-'))
  const signingKey = openSecrets('a secret that only tests know, 32 characters and more').key('blob')
  const log = { info() {}, warn() {}, error() {} }
  const folder = await openDiskFolder(dir)
  const server = blobServer({
    ...{ folder, signingKey, log, origins: ['http://localhost:3000'] },
    probed: testProbed({}),
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    store: diskStore({ url, dir, signingKey }),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** A real S3 server; only where there is one. */
export async function openS3(): Promise<OpenStore> {
  const dir = mkdtempSync(path.join(tmpdir(), 'parley-attachments-s3-'))
  const minio = await startMinio({ dir, port: await freePort() })
  const { endpoint, accessKey, secretKey } = minio!
  const store = s3Store({
    ...{ kind: 's3', endpoint, publicEndpoint: endpoint, accessKey, secretKey },
    ...{ bucket: 'parley-files', region: 'us-east-1' },
  })
  await store.check()
  return {
    store,
    async close() {
      await minio!.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
