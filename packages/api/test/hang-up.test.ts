import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pageServer } from '../src/node/serve.ts'
import { type TestApi, testApi } from './support/browser.ts'

let api: TestApi
let server: Server
beforeEach(async () => {
  api = await testApi()
  server = pageServer(api.context, (_, response) => response.end('a page'))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await api.close()
})

/** Says this much, waits a moment, and is gone. */
async function sayAndGo(text: string): Promise<void> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(text)
  await sleep(150)
  socket.destroy()
  await sleep(100)
}

test('whoever hangs up in the middle of a request fills no log', async () => {
  for (const path of ['/api/session/sign-in', '/api/trpc/account.signIn', '/api/saml/1/acs'])
    await sayAndGo(
      `POST ${path} HTTP/1.1\r\nHost: localhost:3000\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"email"`,
    )
  expect(api.logged).toEqual([])
  const { port } = server.address() as AddressInfo
  expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200)
})
