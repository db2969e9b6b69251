import { hostname } from 'node:os'
import type { Config } from './config.ts'
import type { Parts } from './embedded.ts'
import type { Home } from './home.ts'

export type Addresses = { web: string; console: string; realtime: string; blob: string }

/** What people's browsers are told to open. A proxy's addresses, where there is one, come from the environment. */
export function addresses({ host, ports }: Config, env: NodeJS.ProcessEnv): Addresses {
  const name = host === '127.0.0.1' ? 'localhost' : host === '0.0.0.0' || host === '::' ? hostname() : host
  return {
    web: env.PARLEY_WEB_URL ?? `http://${name}:${ports.web}`,
    console: env.PARLEY_CONSOLE_URL ?? `http://${name}:${ports.console}`,
    realtime: env.PARLEY_REALTIME_URLS ?? ports.realtime.map((port) => `ws://${name}:${port}`).join(','),
    blob: env.PARLEY_BLOB_URL ?? `http://${name}:${ports.blob}`,
  }
}

/** What every process of the suite finds in its environment. */
export function environment(
  config: Config,
  home: Home,
  parts: Parts,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const public_ = addresses(config, env)
  return {
    ...env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PARLEY_SECRET: env.PARLEY_SECRET || home.secret,
    DATABASE_URL: parts.databaseUrl,
    REDIS_URL: parts.redisUrl,
    SMTP_URL: parts.smtpUrl,
    PARLEY_WEB_URL: public_.web,
    PARLEY_CONSOLE_URL: public_.console,
    PARLEY_REALTIME_URLS: public_.realtime,
    PARLEY_BLOB_URL: public_.blob,
    PARLEY_BLOB_DIR: home.at('files'),
    PARLEY_BLOB_PORT: String(config.ports.blob),
    PARLEY_HOST: config.host,
  }
}

/**
 * Where people reach the realtime process of that index itself. Null when they are told fewer or more addresses than
 * there are processes: something stands in front that chooses.
 */
export function realtimeUrl(config: Config, env: NodeJS.ProcessEnv, index: number): string | null {
  const urls = addresses(config, env).realtime.split(',')
  return urls.length === config.ports.realtime.length ? (urls[index]?.trim() ?? null) : null
}
