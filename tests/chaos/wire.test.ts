import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { personsWire } from '../../scripts/chaos/crowd/wire.ts'
import { random } from '../../scripts/seed/random.ts'

const MANY = 500

test('frames that are held up on their way arrive in the order in which they were sent, all at once or one by one', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const came: number[] = []
  const all = new Promise<void>((resolve) => {
    server.on('connection', (ws) =>
      ws.on('message', (data) => {
        came.push(JSON.parse(String(data)).n)
        if (came.length === 3 * MANY) resolve()
      }),
    )
  })
  const weather = { twice: 0, heldMs: 200 }
  const listener = { went() {}, came() {}, heard() {} }
  const wire = personsWire(weather, random(1), listener)
  const socket = wire.open(`ws://127.0.0.1:${(server.address() as { port: number }).port}`)
  await new Promise<void>((resolve) => socket.addEventListener('open', () => resolve()))
  const send = (n: number) => socket.send(JSON.stringify({ t: 'typing', n }))

  for (let n = 0; n < MANY; n++) send(n)
  for (let n = MANY; n < 2 * MANY; n++) {
    await new Promise(setImmediate)
    send(n)
  }
  // nothing is held any more while what was held is overdue
  weather.heldMs = 0
  const until = performance.now() + 300
  while (performance.now() < until);
  for (let n = 2 * MANY; n < 3 * MANY; n++) send(n)
  await all
  expect(came).toEqual(Array.from({ length: 3 * MANY }, (_, n) => n))
  wire.die()
  server.close()
})
