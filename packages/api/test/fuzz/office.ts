import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readConfig } from '@parley/adapters/config'
import { openContext } from '@parley/adapters/context'
import { openLog } from '@parley/adapters/log'
import { closeServer, pageServer } from '@parley/api/node/serve'
import type { Role } from '@parley/domain'
import { environment } from '../../../../tests/support/environment.ts'
import { testDatabase, testRedis } from '../../../../tests/support/index.ts'
import { someone } from '../../../../tests/support/people.ts'

export type Asked = { method: string; path: string; body?: string; headers?: Record<string, string> }
export type Answered = { status: number; text: string; headers: Headers; ms: number }

/** A request that is not answered within this time is work without bound. */
const PATIENCE_MS = 20_000

/** A process as `npm start` runs it for the pages, with its real parts, and all that it logs. */
export async function openOffice() {
  const database = await testDatabase()
  const redis = testRedis()
  const home = mkdtempSync(path.join(tmpdir(), 'parley-office-'))
  const env = environment({
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    PARLEY_REDIS_PREFIX: redis.prefix,
    PARLEY_BLOB_DIR: home,
    PARLEY_NODE: 'office',
    // each asks from an address of their own
    PARLEY_TRUSTED_PROXIES: '1',
  })
  const logged: string[] = []
  const config = readConfig(env)
  const context = await openContext(config, {
    log: openLog({ process: 'office', write: (line) => void logged.push(line) }),
  })
  const { deps, probed } = context
  const server = pageServer({ deps, probed, trustedProxies: config.trustedProxies }, (_, response) =>
    response.end('a page'),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    logged,
    /** A person of that role, signed in: what their browser sends with everything. */
    async browser(name: string, role: Role): Promise<Record<string, string>> {
      const { tokens } = await someone({ deps }, name, role)
      return cookiesOf(tokens)
    },
    async ask({ method, path: to, body, headers }: Asked): Promise<Answered> {
      const began = performance.now()
      const response = await fetch(`http://127.0.0.1:${port}${to}`, {
        ...{ method, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) },
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body }),
      })
      const text = await response.text()
      return { status: response.status, text, headers: response.headers, ms: performance.now() - began }
    },
    async close(): Promise<void> {
      server.closeAllConnections()
      await closeServer(server)
      await context.close()
      await database.drop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
export type Office = Awaited<ReturnType<typeof openOffice>>

const cookiesOf = ({ access, device }: { access: string; device: string }): Record<string, string> => ({
  origin: 'http://localhost:3000',
  cookie: `parley-3000-access=${access}; parley-3000-device=${device}`,
})
