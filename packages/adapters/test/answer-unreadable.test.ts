import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { listen } from '@parley/adapters/listen'
import { afterEach, expect, test } from 'vitest'
import { pour, statusesIn } from '../../../tests/support/hostile-http.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** What such a server says to these bytes until it hangs up, or has had time to. */
async function said(text: string, listener: RequestListener = (_, response) => response.end('served')) {
  const patience = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 50 }
  const server = createServer(patience, listener)
  servers.push(server)
  await listen(server, 0, '127.0.0.1')
  return await pour((server.address() as AddressInfo).port, Buffer.from(text, 'latin1'), 3_000)
}
const request = (line: string, ...headers: string[]) => [line, 'Host: a', ...headers, '\r\n'].join('\r\n')

test.each([
  ['whose address has a letter that is not encoded', request('GET /\u00fc HTTP/1.1'), 400, 'percent signs'],
  ['that is none', 'hello?\r\n\r\n', 400, 'HTTP/1.1'],
  ['with more headers than may be', request('GET / HTTP/1.1', `A: ${'x'.repeat(20_000)}`), 431, '16 KiB'],
  ['that never comes to an end', 'GET / HTTP/1.1\r\nHost: a\r\n', 408, 'Send it again'],
])('whoever sends a request %s is told so', async (_, text, status, says) => {
  const answer = await said(text)
  expect(statusesIn(answer)).toEqual([status])
  const { error } = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))
  expect(error).toEqual({
    code: expect.stringMatching(/^(bad_input|too_large)$/),
    message: expect.anything(),
  })
  expect(error.message).toContain(says)
})

test('behind an answer that is on its way nothing is said, and behind one that is whole it is', async () => {
  const junk = `${request('GET / HTTP/1.1')}junk\r\n\r\n`
  const half = await said(junk, (_, response) => void response.writeHead(200).write('half'))
  expect(half).not.toContain('bad_input')
  expect(statusesIn(await said(junk))).toEqual([200, 400])
})
