import { Readable } from 'node:stream'
import type { BlobStore } from '@parley/domain/ports'
import { ParleyError } from '@parley/protocol'
import type { Client } from 'minio'
import type { S3Config } from '../config.ts'
import { exactLength } from './exact-length.ts'
import { requireKey } from './keys.ts'
import { PART_BYTES, putStream } from './s3-put-stream.ts'
import { presign } from './s3-signature.ts'
import { servedAs } from './served-as.ts'

/** Any S3: MinIO, AWS, Ceph. A bucket that is missing is made. Its CORS rules must let the web client PUT and GET. */
export function s3Store(config: S3Config): BlobStore {
  const { bucket } = config
  let connecting: Promise<Client> | null = null
  const client = () => {
    connecting ??= connect(config)
    return connecting
  }

  return {
    async uploadUrl(key, { size, seconds }) {
      requireKey(key)
      // a browser sets content-length by itself; the other one makes the store refuse to overwrite (RFC 9110 §13.1.2)
      const headers = { 'if-none-match': '*' }
      const signed = { ...headers, 'content-length': String(size) }
      return {
        url: presign(config, { method: 'PUT', key, seconds, headers: signed, now: new Date() }),
        headers,
      }
    },
    async downloadUrl(key, { seconds, ...asked }) {
      requireKey(key)
      const { type, disposition } = servedAs(asked)
      const query = {
        'response-content-type': type,
        'response-content-disposition': disposition,
        'response-cache-control': `private, max-age=${seconds}, immutable`,
      }
      return presign(config, { method: 'GET', key, seconds, query, now: new Date() })
    },
    async stat(key) {
      requireKey(key)
      try {
        return { size: (await (await client()).statObject(bucket, key)).size }
      } catch (error) {
        if (isAbsent(error)) return null
        throw error
      }
    },
    async read(key, { bytes } = {}) {
      requireKey(key)
      if (bytes === 0) return Readable.from([])
      try {
        const store = await client()
        return bytes
          ? await store.getPartialObject(bucket, key, 0, bytes)
          : await store.getObject(bucket, key)
      } catch (error) {
        if (isAbsent(error)) throw new ParleyError('not_found')
        // an empty object has no first byte (RFC 9110 §15.5.17)
        if (codeOf(error) === 'InvalidRange') return Readable.from([])
        throw error
      }
    },
    async write(key, content, { type, size }) {
      requireKey(key)
      const bytes = Buffer.isBuffer(content) ? Readable.from([content]) : content
      const checked = size === undefined ? bytes : exactLength(size)(bytes)
      await putStream(await client(), { bucket, key, headers: { 'content-type': type } }, checked)
    },
    async remove(keys) {
      for (const key of keys) requireKey(key)
      if (keys.length === 0) return
      const failed = await (await client()).removeObjects(bucket, keys)
      const [first] = failed.filter((one) => one && one.Error?.Code !== 'NoSuchKey')
      if (first)
        throw new Error(`The store did not remove an object: ${first.Error?.Code ?? 'no reason given'}`)
    },
    async *list(prefix) {
      for await (const item of (await client()).listObjectsV2(bucket, prefix, true))
        if (item.name !== undefined) yield { key: item.name, size: item.size }
    },
    async check() {
      try {
        await requireBucket(await client(), config)
      } catch (error) {
        const code = codeOf(error) ?? 'no answer'
        throw new ParleyError('unavailable', `${REASONS[code] ?? `The S3 store cannot be used (${code})`}.`)
      }
    },
  }
}

async function connect(config: S3Config): Promise<Client> {
  const { Client } = await import('minio')
  const { hostname, port, protocol } = new URL(config.endpoint)
  return new Client({
    endPoint: hostname,
    useSSL: protocol === 'https:',
    ...(port ? { port: Number(port) } : {}),
    accessKey: config.accessKey,
    secretKey: config.secretKey,
    region: config.region,
    partSize: PART_BYTES,
  })
}

/** Asks by a request that is answered with a reason: to a HEAD a store can only say no. */
async function requireBucket(store: Client, { bucket, region }: S3Config): Promise<void> {
  try {
    for await (const _ of store.listObjectsV2(bucket, 'nothing-begins-with-this/', true)) break
  } catch (error) {
    if (codeOf(error) !== 'NoSuchBucket') throw error
    await store.makeBucket(bucket, region)
  }
}

const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code
const isAbsent = (error: unknown): boolean => ['NotFound', 'NoSuchKey'].includes(codeOf(error) ?? '')

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'Nothing answers at S3_ENDPOINT',
  ENOTFOUND: 'The host in S3_ENDPOINT does not exist',
  ETIMEDOUT: 'S3_ENDPOINT does not answer in time',
  InvalidAccessKeyId: 'The S3 store does not know S3_ACCESS_KEY',
  SignatureDoesNotMatch: 'S3_SECRET_KEY does not belong to S3_ACCESS_KEY',
  AccessDenied: 'S3_ACCESS_KEY may not use the bucket S3_BUCKET',
  BucketAlreadyExists: 'The bucket S3_BUCKET belongs to somebody else',
  AuthorizationHeaderMalformed: 'S3_REGION is not the region of the bucket',
}
