import { request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pageServer } from '../src/node/serve.ts'
import { type TestApi, testApi } from './support/browser.ts'

let api: TestApi
let server: Server
beforeAll(async () => {
  api = await testApi()
  server = pageServer(api.context, (_, response) => response.writeHead(404).end('a page'))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await api.close()
})

/** Asked by the path as it is written. */
const ask = (path: string) =>
  new Promise<{ status: number; said: string }>((resolve, reject) => {
    const asking = request({ port: (server.address() as AddressInfo).port, path }, async (response) =>
      resolve({ status: response.statusCode ?? 0, said: await text(response) }),
    )
    asking.on('error', reject).end()
  })

test('mallory asks for /health by another way, past a proxy that shows it to nobody', async () => {
  expect((await ask('/health')).said).toContain('uptimeSeconds')
  for (const path of [
    '/api/../health',
    '/api/%2e%2e/health',
    '/api/..\\health',
    '/api/x/../../health',
    '/./health',
  ]) {
    const { status, said } = await ask(path)
    expect([400, 404], path).toContain(status)
    expect(said, path).not.toContain('uptimeSeconds')
  }
})
