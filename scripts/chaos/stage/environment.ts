import path from 'node:path'
import type { Wire } from './wire.ts'

/** Known to the processes, and to whoever begins sessions. */
export const SECRET = 'a secret of the chaos harness alone, 32 characters'
/** What people's browsers take for the address of the web client. Nobody goes there: requests go through a wire. */
export const WEB = 'http://localhost:1'

/** What every process of the suite is told. */
export const environment = (
  home: string,
  { postgres, redisUrl }: { postgres: Wire; redisUrl: string },
  fronts: readonly Wire[],
): Record<string, string> => ({
  NODE_ENV: 'production',
  NEXT_TELEMETRY_DISABLED: '1',
  PARLEY_SECRET: SECRET,
  DATABASE_URL: `postgresql://postgres@127.0.0.1:${postgres.port}/parley`,
  REDIS_URL: redisUrl,
  SMTP_URL: 'smtp://127.0.0.1:9',
  PARLEY_WEB_URL: WEB,
  PARLEY_CONSOLE_URL: 'http://localhost:2',
  PARLEY_REALTIME_URLS: fronts.map(realtimeUrl).join(),
  PARLEY_BLOB_URL: 'http://localhost:4',
  PARLEY_BLOB_DIR: path.join(home, 'files'),
  // the harness stands where a proxy does, so that each person has an address
  PARLEY_TRUSTED_PROXIES: '1',
})

/** Where people reach a node. */
export const realtimeUrl = (front: Wire): string => `ws://127.0.0.1:${front.port}`
