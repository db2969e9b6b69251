import { createHash, createHmac } from 'node:crypto'
import type { S3Config } from '../config.ts'

type Request = {
  method: 'GET' | 'PUT'
  key: string
  /** 1 to 604,800. */
  seconds: number
  /** Lower-case names. Whoever uses the URL must send exactly these. */
  headers?: Record<string, string>
  query?: Record<string, string>
  now: Date
}

/**
 * A signed URL, AWS Signature Version 4 in the query ("Authenticating Requests: Using Query Parameters"). The minio
 * client signs no headers; ours does, so that the store itself holds an upload to its length and overwrites nothing.
 */
export function presign(store: S3Config, request: Request): string {
  const endpoint = new URL(store.publicEndpoint)
  const at = request.now.toISOString().replace(/[-:]|\.\d{3}/g, '')
  const scope = `${at.slice(0, 8)}/${store.region}/s3/aws4_request`
  const headers = Object.entries({ ...request.headers, host: endpoint.host }).sort(byName)
  const signed = headers.map(([name]) => name).join(';')
  const path = `${endpoint.pathname.replace(/\/$/, '')}/${store.bucket}/${request.key}`
    .split('/')
    .map(encode)
    .join('/')
  const query = Object.entries({
    ...request.query,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${store.accessKey}/${scope}`,
    'X-Amz-Date': at,
    'X-Amz-Expires': String(request.seconds),
    'X-Amz-SignedHeaders': signed,
  })
    .map(([name, value]) => [encode(name), encode(value)] as [string, string])
    .sort(byName)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const canonical = [
    request.method,
    path,
    query,
    ...headers.map(([name, value]) => `${name}:${value.trim()}`),
    '',
    signed,
    'UNSIGNED-PAYLOAD',
  ].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n')
  const key = scope
    .split('/')
    .reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${store.secretKey}`)
  return `${endpoint.origin}${path}?${query}&X-Amz-Signature=${hmac(key, toSign).toString('hex')}`
}

const byName = ([a]: [string, string], [b]: [string, string]) => (a < b ? -1 : a > b ? 1 : 0)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** AWS's UriEncode: everything but letters, digits and -._~ */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
