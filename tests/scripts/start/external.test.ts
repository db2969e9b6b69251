import { once } from 'node:events'
import { createServer } from 'node:net'
import { freePort } from '@parley/devstack'
import { describe, expect, inject, test } from 'vitest'
import { reachDatabase, reachMail, reachRedis, reachStore } from '../../../scripts/start/external.ts'

describe('parts of the organisation’s own', () => {
  test('those that answer are taken as they are', async () => {
    await reachDatabase(inject('postgresUrl'))
    await reachRedis(inject('redisUrl'))
    const server = createServer((socket) =>
      socket.on('error', () => {}).end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'),
    )
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as { port: number }
    await reachMail(`smtp://127.0.0.1:${port}`)
    await reachStore(`http://127.0.0.1:${port}`)
    server.close()
  })

  test('a wrong address is a sentence', async () => {
    const port = await freePort()
    await expect(reachDatabase(`postgresql://127.0.0.1:${port}/parley`)).rejects.toThrow(
      `DATABASE_URL does not lead to a database that lets us in: connect ECONNREFUSED 127.0.0.1:${port}.`,
    )
    await expect(reachRedis(`redis://127.0.0.1:${port}`)).rejects.toThrow(
      `REDIS_URL does not lead to a Redis that lets us in: connect ECONNREFUSED 127.0.0.1:${port}.`,
    )
    await expect(reachStore(`http://127.0.0.1:${port}`)).rejects.toThrow(
      `S3_ENDPOINT does not answer: connect ECONNREFUSED 127.0.0.1:${port}.`,
    )
    await expect(reachMail(`smtp://127.0.0.1:${port}`)).rejects.toThrow(
      `SMTP_URL does not answer: connect ECONNREFUSED 127.0.0.1:${port}.`,
    )
  })

  test('a database that is not there is a sentence too', async () => {
    const url = new URL(inject('postgresUrl'))
    url.pathname = '/nowhere'
    await expect(reachDatabase(url.href)).rejects.toThrow(/lets us in: database "nowhere" does not exist\.$/)
  })
})
