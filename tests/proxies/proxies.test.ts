import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { listen } from '@parley/adapters/listen'
import { closeServer, pageServer } from '@parley/api/node/serve'
import { freePort, spawnChild } from '@parley/devstack'
import { createClient, topics } from '@parley/sync'
import { afterEach, expect, test, vi } from 'vitest'
import { TRANSPORTS } from '../../apps/realtime/test/support/dial.ts'
import { startRealtime } from '../../apps/realtime/test/support/real-process.ts'
import { blocked, opener } from '../../apps/realtime/test/support/sync-client.ts'
import { openWorld } from '../../apps/realtime/test/support/world.ts'
import { isInstalled, type ProxyName, startProxy } from './front.ts'

const root = path.join(import.meta.dirname, '../..')
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

type Asked = {
  host?: string
  method?: string
  headers?: Record<string, string>
  from?: string
  body?: string
}
type Answer = { status: number; body: string }

/** Asks the proxy as somebody at another address of this machine would. */
function ask(port: number, target: string, asked: Asked = {}): Promise<Answer> {
  const { host = 'chat.example.org', method = 'GET', headers = {}, from = '127.0.0.1', body } = asked
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ host: '127.0.0.1', port, path: target, method, localAddress: from, agent: false },
        headers: { host, ...headers },
      },
      async (answer) => {
        let text = ''
        for await (const chunk of answer) text += chunk
        resolve({ status: answer.statusCode ?? 0, body: text })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** The whole installation behind a proxy: two real realtime processes and a real file store; pages are not built for it. */
async function behind(proxy: ProxyName) {
  const world = await openWorld()
  closing.push(() => world.close())
  const front = await freePort()
  const env = {
    ...world.env,
    ...{ PARLEY_REALTIME_URLS: `ws://127.0.0.1:${front}/realtime`, PARLEY_TRUSTED_PROXIES: '1' },
  }
  const nodes = await Promise.all(['node-a', 'node-b'].map((name) => startRealtime(env, name)))
  for (const node of nodes) closing.push(() => node.child.stop())
  const files = await freePort()
  const store = spawnChild({
    ...{ name: 'files', command: process.execPath, stopWith: [['SIGTERM', 5_000]] },
    args: [path.join(root, 'packages/adapters/src/blob/disk-server.ts')],
    env: { ...process.env, NODE_OPTIONS: '', ...env, PARLEY_BLOB_PORT: String(files) },
  })
  closing.push(() => store.stop())
  await store.line(/serving files/, 30_000)
  const page = async (name: string) => {
    const { deps, probed } = world.office
    const server = pageServer({ deps, probed, trustedProxies: 1 }, (_, response) => response.end(name))
    await listen(server, 0, '127.0.0.1')
    closing.push(() => closeServer(server))
    return (server.address() as AddressInfo).port
  }
  const [web, administration] = [await page('web'), await page('console')]
  const running = await startProxy(proxy, {
    ...{ 80: front, 3000: web, 3001: administration, 3005: files },
    ...{ 3002: nodes[0]!.port, 3003: nodes[1]!.port },
  })
  closing.push(running.stop)
  await vi.waitFor(async () => expect((await ask(front, '/')).body).toBe('web'), {
    timeout: 20_000,
    interval: 100,
  })
  return { world, front, nodes }
}

for (const proxy of ['haproxy', 'nginx'] as const) {
  const title = isInstalled(proxy) ? proxy : `${proxy}, which is not installed here,`

  test.skipIf(!isInstalled(proxy))(
    `behind ${title} every part answers under its name, and nobody makes up an address`,
    async () => {
      const { world, front } = await behind(proxy)
      const live = { status: 200, body: JSON.stringify({ status: 'live' }) }
      for (const host of ['chat.example.org', 'admin.example.org', 'files.example.org'])
        expect(await ask(front, '/health/live', { host })).toEqual(live)
      expect((await ask(front, '/', { host: 'admin.example.org' })).body).toBe('console')
      for (const target of ['/health', '/health/ready']) expect((await ask(front, target)).status).toBe(404)
      expect((await ask(front, '/realtime')).status).toBe(426)

      const answer = await ask(front, '/api/session/sign-in', {
        ...{ method: 'POST', from: '127.0.0.2' },
        headers: {
          ...{
            origin: 'http://localhost:3000',
            'content-type': 'application/json',
            'x-forwarded-for': '6.6.6.6',
          },
        },
        body: JSON.stringify({ email: 'mallory@example.org', password: 'a guess that is long enough' }),
      })
      expect(answer.status).toBe(401)
      const seen = await world.deps.db.sql<{
        address: string
      }>`SELECT DISTINCT address FROM audit_events`
      expect(seen).toEqual([{ address: '127.0.0.2' }])
    },
  )

  test.skipIf(!isInstalled(proxy)).each(TRANSPORTS)(
    `behind ${title} alice talks over a %s; her node is ended, and she comes back to the other without losing a word`,
    async (transport) => {
      const { world, front, nodes } = await behind(proxy)
      const alice = await world.person('alice')
      const bob = await world.person('bob')
      const channel = await world.channel(alice, bob)
      const [hers, his] = [alice, bob].map((who) => {
        const client = createClient({
          connect: async () => ({
            ticket: world.ticket(who),
            addresses: [`ws://127.0.0.1:${front}/realtime`],
          }),
          openSocket: transport === 'poll' ? blocked : opener('socket'),
          openPoll: opener('poll'),
          ...{ holdAll: true, client: 'test' },
        })
        client.start()
        closing.push(() => client.close())
        return client
      }) as [ReturnType<typeof createClient>, ReturnType<typeof createClient>]
      await Promise.all([hers.whole(), his.whole()])
      const nodeOf = (client: typeof hers) => {
        const now = client.connection()
        return now.state === 'live' ? now.node : null
      }
      for (const client of [hers, his]) expect(client.connection()).toMatchObject({ transport })
      const first = nodeOf(hers)
      const ended = nodes[first === 'node-a' ? 0 : 1]!
      const moved = new Promise<void>((resolve) =>
        hers.subscribe(topics.connection, () => {
          const node = nodeOf(hers)
          if (node && node !== first) resolve()
        }),
      )
      const ending = ended.child.stop()
      const said: Promise<unknown>[] = []
      for (let i = 0; i < 50; i++) said.push(hers.send(channel, `word ${i}`).settled)
      await Promise.all([...said, moved, ending])
      await his.whole()
      const words = await world.deps.db.sql<{ text: string }>`SELECT text FROM messages ORDER BY seq`
      expect(words.map(({ text }) => text)).toEqual(Array.from({ length: 50 }, (_, i) => `word ${i}`))
      expect(nodeOf(his)).not.toBe(first)
    },
  )
}
