import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { readConfig } from '@parley/adapters/config'
import { openContext } from '@parley/adapters/context'
import { listen } from '@parley/adapters/listen'
import { openLog } from '@parley/adapters/log'
import { closeServer, pageServer } from '@parley/api/node/serve'
import { perform, type Role } from '@parley/domain'
import { createToken, createWebhook, revokeToken } from '@parley/domain/integrations/index'
import { environment } from '../../../../tests/support/environment.ts'
import type { Asked } from '../../../../tests/support/hostile-http.ts'
import { testDatabase, testRedis } from '../../../../tests/support/index.ts'
import { someone } from '../../../../tests/support/people.ts'
import { ALL_SCOPES, channelOf } from '../support/bot.ts'

export type Answered = { status: number; text: string; headers: IncomingHttpHeaders }

/** A request that is not answered within this time is work without bound. */
const PATIENCE_MS = 20_000

/** What there is to be hostile with: `secret` is a token that is good, `hook` the path of a webhook. */
export type Program = { secret: string; revoked: string; channel: string; hook: string }

/** Of a machine that has other things to do, and no failure: the process then counts by itself. */
const BUSY = '"the limiter had no answer from Redis"'

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
  await listen(server, 0, '127.0.0.1')
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true })

  return {
    /** What has failed since the last look: nothing may, whatever is asked. */
    failures: (): string[] =>
      logged.splice(0).filter((line) => line.includes('"level":"error"') && !line.includes(BUSY)),
    /** A person of that role, signed in: what their browser sends with everything. */
    async browser(name: string, role: Role): Promise<Record<string, string>> {
      const { tokens } = await someone({ deps }, name, role)
      return cookiesOf(tokens)
    },
    /** A bot with every scope, in a channel of its own that a webhook posts into. */
    async program(name: string): Promise<Program> {
      const dan = await someone({ deps }, `dan-${name}`, 'administrator')
      const mint = (bot: string | { name: string }) =>
        perform(createToken, dan, { bot, name: 'builds', scopes: ALL_SCOPES, days: 30 }, deps)
      const { secret, bot } = await mint({ name })
      const revoked = await mint(bot.id)
      await perform(revokeToken, dan, { token: revoked.id }, deps)
      const channel = await channelOf({ deps }, name, [dan.id, bot.id])
      const { url } = await perform(createWebhook, dan, { conversation: channel, name: `${name}'s` }, deps)
      return { secret, revoked: revoked.secret, channel, hook: new URL(url).pathname }
    },
    /** The address goes out as it is: what has to be encoded in it is up to whoever asks. */
    async ask({ method, path: to, body, headers }: Asked): Promise<Answered> {
      const content = body !== undefined && {
        ...{ 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) },
      }
      const asking = request({
        ...{ host: '127.0.0.1', port, agent, method, path: to, headers: { ...content, ...headers } },
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
      const answered = once(asking, 'response')
      // one that is not read to its end may break off behind its answer
      asking.on('error', () => {})
      asking.end(body)
      const [response] = (await answered) as [IncomingMessage]
      return { status: response.statusCode!, text: await textOf(response), headers: response.headers }
    },
    port,
    async close(): Promise<void> {
      agent.destroy()
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
