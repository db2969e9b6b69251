import { hostname } from 'node:os'
import type { Addresses } from '@parley/domain/ports'
import { zRegion } from '@parley/domain/region'
import { z } from 'zod'
import { type Environment, type Fields, parseEnvironment, zAddress, zList, zPort } from './config/fields.ts'
import { zRedisAddress } from './config/redis-address.ts'
import { readServiceAccount, type ServiceAccount } from './config/service-account.ts'

/** What every process of the suite is told by its environment. Secrets stay in here and never in a message. */
export type Config = {
  secret: string
  databaseUrl: string
  /** Of any form that `parseRedisAddress` reads. */
  redisUrl: string
  /** Before every key, channel and queue name, so that several installations may share one Redis. */
  redisPrefix: string
  mail: { url: string; from: string }
  addresses: Addresses
  store: DiskConfig | S3Config
  push: PushConfig | null
  /** Hosts and networks of the organisation's own that outgoing requests may reach all the same. */
  outboundAllow: string[]
  port: number | null
  host: string
  /** How many proxies of our own stand in front of web and console and add to X-Forwarded-For. */
  trustedProxies: number
  /** Where people reach this very realtime process; null when they reach all of them at one address. */
  realtimeUrl: string | null
  /** Connections past which a realtime process sends people elsewhere. */
  connections: number
  region: string
  /** This process among all, in logs and lists. */
  node: string
}
export type { ServiceAccount }
export type DiskConfig = { kind: 'disk'; url: string; dir: string }
export type S3Config = {
  kind: 's3'
  endpoint: string
  /** Where browsers reach the store, when that is another address than ours. */
  publicEndpoint: string
  bucket: string
  accessKey: string
  secretKey: string
  region: string
}
export type PushConfig = { serviceAccount: ServiceAccount; endpoint: string | null }
export type BlobServerConfig = {
  secret: string
  dir: string
  host: string
  port: number
  /** Whose pages may read and upload. */
  origins: string[]
}

const FIELDS = {
  PARLEY_SECRET: z
    .string({ error: 'is not set: give it a random text of at least 32 characters and keep it' })
    .min(32, 'is too short: it needs at least 32 random characters'),
  DATABASE_URL: zAddress(['postgres:', 'postgresql:']),
  REDIS_URL: zRedisAddress,
  SMTP_URL: zAddress(['smtp:', 'smtps:']),
  PARLEY_WEB_URL: zAddress(['http:', 'https:']),
  PARLEY_CONSOLE_URL: zAddress(['http:', 'https:']),
  PARLEY_REALTIME_URLS: zList(zAddress(['ws:', 'wss:'])).refine(
    (urls) => urls.length > 0,
    'names no address: give it the ws:// or wss:// addresses of the realtime processes, with commas between',
  ),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/, 'is not a mail address such as "Parley <parley@example.org>"')
    .optional(),
  FCM_SERVICE_ACCOUNT: z.string().transform(readServiceAccount).optional(),
  FCM_ENDPOINT: zAddress(['http:', 'https:']).optional(),
  PARLEY_OUTBOUND_ALLOW: zList(z.string()).default([]),
  PARLEY_REDIS_PREFIX: z
    .string()
    .regex(/^[\w.:-]{1,64}$/, 'may hold letters, digits and _ . : - only, at most 64')
    .default('parley:'),
  PORT: zPort.optional(),
  PARLEY_HOST: z.string().default('127.0.0.1'),
  PARLEY_TRUSTED_PROXIES: z
    .string()
    .regex(/^\d$/, 'must be the number of proxies in front, 0 to 9')
    .default('0')
    .transform(Number),
  PARLEY_REALTIME_URL: zAddress(['ws:', 'wss:']).optional(),
  PARLEY_CONNECTIONS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'must be the number of connections that one realtime process takes, 1 to 99999')
    .default('40000')
    .transform(Number),
  PARLEY_REGION: zRegion.default('default'),
  PARLEY_NODE: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'may hold letters, digits and _ . - only, at most 64')
    .optional(),
} satisfies Fields

const DISK_FIELDS = {
  PARLEY_BLOB_URL: zAddress(['http:', 'https:']),
  PARLEY_BLOB_DIR: z.string({
    error: 'is not set: name the folder that files are kept in, or set S3_ENDPOINT',
  }),
} satisfies Fields

const S3_FIELDS = {
  S3_ENDPOINT: zAddress(['http:', 'https:']),
  S3_PUBLIC_ENDPOINT: zAddress(['http:', 'https:']).optional(),
  S3_BUCKET: z
    .string({ error: 'is not set: an S3 store needs the name of its bucket' })
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is not a bucket name: 3–63 of a–z, 0–9, "." and "-"'),
  S3_ACCESS_KEY: z.string({ error: 'is not set: an S3 store needs its access key' }),
  S3_SECRET_KEY: z.string({ error: 'is not set: an S3 store needs its secret key' }),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'is not the name of a region')
    .default('us-east-1'),
} satisfies Fields

const BLOB_SERVER_FIELDS = {
  PARLEY_SECRET: FIELDS.PARLEY_SECRET,
  PARLEY_BLOB_DIR: DISK_FIELDS.PARLEY_BLOB_DIR,
  PARLEY_BLOB_PORT: zPort,
  PARLEY_WEB_URL: FIELDS.PARLEY_WEB_URL,
  PARLEY_CONSOLE_URL: FIELDS.PARLEY_CONSOLE_URL,
  PARLEY_HOST: FIELDS.PARLEY_HOST,
} satisfies Fields

/** @throws ConfigError with one sentence for each mistake; an empty variable counts as one that is not set */
export function readConfig(env: Environment = process.env): Config {
  const parsed = env.S3_ENDPOINT
    ? parseEnvironment({ ...FIELDS, ...S3_FIELDS }, env)
    : parseEnvironment({ ...FIELDS, ...DISK_FIELDS }, env)
  const web = new URL(parsed.PARLEY_WEB_URL)
  return {
    secret: parsed.PARLEY_SECRET,
    databaseUrl: parsed.DATABASE_URL,
    redisUrl: parsed.REDIS_URL,
    redisPrefix: parsed.PARLEY_REDIS_PREFIX,
    mail: { url: parsed.SMTP_URL, from: parsed.MAIL_FROM ?? `Parley <parley@${web.hostname}>` },
    addresses: {
      web: withoutSlash(parsed.PARLEY_WEB_URL),
      console: withoutSlash(parsed.PARLEY_CONSOLE_URL),
      realtime: parsed.PARLEY_REALTIME_URLS.map(withoutSlash),
    },
    store:
      'S3_ENDPOINT' in parsed
        ? {
            kind: 's3',
            endpoint: withoutSlash(parsed.S3_ENDPOINT),
            publicEndpoint: withoutSlash(parsed.S3_PUBLIC_ENDPOINT ?? parsed.S3_ENDPOINT),
            bucket: parsed.S3_BUCKET,
            accessKey: parsed.S3_ACCESS_KEY,
            secretKey: parsed.S3_SECRET_KEY,
            region: parsed.S3_REGION,
          }
        : { kind: 'disk', url: withoutSlash(parsed.PARLEY_BLOB_URL), dir: parsed.PARLEY_BLOB_DIR },
    push: parsed.FCM_SERVICE_ACCOUNT
      ? { serviceAccount: parsed.FCM_SERVICE_ACCOUNT, endpoint: parsed.FCM_ENDPOINT ?? null }
      : null,
    outboundAllow: parsed.PARLEY_OUTBOUND_ALLOW,
    port: parsed.PORT ?? null,
    host: parsed.PARLEY_HOST,
    trustedProxies: parsed.PARLEY_TRUSTED_PROXIES,
    realtimeUrl: parsed.PARLEY_REALTIME_URL ? withoutSlash(parsed.PARLEY_REALTIME_URL) : null,
    connections: parsed.PARLEY_CONNECTIONS,
    region: parsed.PARLEY_REGION,
    node:
      parsed.PARLEY_NODE ??
      `${hostname()
        .replace(/[^\w.-]/g, '-')
        .slice(0, 40)}-${process.pid}`,
  }
}

/** The disk store's own process needs neither database nor Redis. @throws ConfigError */
export function readBlobServerConfig(env: Environment = process.env): BlobServerConfig {
  const parsed = parseEnvironment(BLOB_SERVER_FIELDS, env)
  return {
    secret: parsed.PARLEY_SECRET,
    dir: parsed.PARLEY_BLOB_DIR,
    host: parsed.PARLEY_HOST,
    port: parsed.PARLEY_BLOB_PORT,
    origins: [new URL(parsed.PARLEY_WEB_URL).origin, new URL(parsed.PARLEY_CONSOLE_URL).origin],
  }
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '')
