import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { turnAway } from '../src/gateway/turn-away.ts'

test('mallory, who is turned away and does not hang up, keeps no socket; and one that breaks meanwhile ends nothing', async () => {
  const { promise: closed, resolve } = Promise.withResolvers<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('close', () => resolve(socket))
    turnAway(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const mallory = connect({
    ...(server.address() as { port: number }),
    host: '127.0.0.1',
    allowHalfOpen: true,
  })
  const heard: Buffer[] = []
  mallory.on('data', (bytes) => heard.push(bytes))
  const socket = await closed
  expect(() => socket.emit('error', new Error('ECONNRESET'))).not.toThrow()
  if (!mallory.readableEnded) await once(mallory, 'end')
  expect(Buffer.concat(heard).toString()).toMatch(/^HTTP\/1\.1 503 /)
  mallory.destroy()
  server.close()
})
