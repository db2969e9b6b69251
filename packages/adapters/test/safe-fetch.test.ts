import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { safeFetcher } from '@parley/adapters/safe-fetch'
import { allowList } from '@parley/adapters/safe-fetch/allow-list'
import { isPublic } from '@parley/adapters/safe-fetch/public-address'
import { isParleyError } from '@parley/protocol'
import { afterEach, expect, test } from 'vitest'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A server on 127.0.0.1: what no outsider may make us ask. */
async function inside(handler: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}
const codeOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (e: unknown) => e,
  )
  return isParleyError(error) ? error.code : error === null ? 'answered' : 'another error'
}

test.each([
  '127.0.0.1',
  '127.8.8.8',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '198.18.0.1',
  '::1',
  '::',
  'fe80::1',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:0:4136:e378::',
  '2001:db8::1',
  'not an address',
])('%s is not on the public internet', (address) => expect(isPublic(address)).toBe(false))

test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450::1'])(
  '%s is',
  (address) => expect(isPublic(address)).toBe(true),
)

test('mallory makes us ask our own house, in every spelling: nothing is asked', async () => {
  let asked = 0
  const at = await inside((_, response) => {
    asked++
    response.end('secret')
  })
  const port = at.split(':')[1]
  const fetch = safeFetcher()
  const spellings = [
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0',
    '①②⑦.0.0.1',
  ]
  for (const host of spellings) expect(await codeOf(fetch(`http://${host}:${port}/`)), host).toBe('bad_input')
  expect(asked).toBe(0)
})

test.each([
  'file:///etc/passwd',
  'ftp://example.org/',
  'gopher://x/',
  'javascript:alert(1)',
  'http://user:pw@example.org/',
  'nonsense',
  '',
])('this is no address to ask: %s', async (address) =>
  expect(await codeOf(safeFetcher()(address))).toBe('bad_input'),
)

test('what an administrator allows is reached: a host, a host with its port, a network', async () => {
  const at = await inside((_, response) => response.end('hello'))
  for (const allow of [['127.0.0.1'], [at], ['127.0.0.0/8'], ['10.0.0.0/8', '127.0.0.1/32']]) {
    const { status, body, url } = await safeFetcher(allow)(`http://${at}/x`)
    expect([status, body.toString(), url]).toEqual([200, 'hello', `http://${at}/x`])
  }
  expect(await codeOf(safeFetcher(['127.0.0.1:1', '10.0.0.0/8'])(`http://${at}/`))).toBe('bad_input')
  expect(() => allowList(['10.0.0.0/99'])).toThrow(/PARLEY_OUTBOUND_ALLOW/)
})

test('a redirect is judged like the address itself', async () => {
  let asked = 0
  const secret = await inside((_, response) => {
    asked++
    response.end('secret')
  })
  const outside = await inside((request, response) => {
    response
      .writeHead(302, { location: request.url === '/file' ? 'file:///etc/passwd' : `http://${secret}/` })
      .end()
  })
  const fetch = safeFetcher([outside])
  expect(await codeOf(fetch(`http://${outside}/`))).toBe('bad_input')
  expect(await codeOf(fetch(`http://${outside}/file`))).toBe('bad_input')
  expect(asked).toBe(0)
})

test('redirects are followed, not for ever, and credentials stay with their origin', async () => {
  const seen: (string | undefined)[] = []
  const other = await inside((request, response) => {
    seen.push(request.headers.authorization)
    response.end('there')
  })
  const at = await inside((request, response) => {
    if (request.url === '/loop') return response.writeHead(302, { location: '/loop' }).end()
    seen.push(request.headers.authorization)
    response.writeHead(307, { location: request.url === '/near' ? '/far' : `http://${other}/` }).end()
  })
  const fetch = safeFetcher([at, other])
  const { body } = await fetch(`http://${at}/near`, { headers: { Authorization: 'Bearer x' } })
  expect(body.toString()).toBe('there')
  expect(seen).toEqual(['Bearer x', 'Bearer x', undefined])
  expect(await codeOf(fetch(`http://${at}/loop`))).toBe('unavailable')
})

test('a webhook’s body is sent', async () => {
  const at = await inside(
    async (request, response) => void response.end(`${request.method} ${await text(request)}`),
  )
  const { body } = await safeFetcher([at])(`http://${at}/`, { method: 'POST', body: '{"a":1}' })
  expect(body.toString()).toBe('POST {"a":1}')
})

test('an endless answer, a slow one and none at all end in time', async () => {
  const at = await inside((request, response) => {
    if (request.url === '/slow') return void response.write('x')
    if (request.url === '/cut') return void request.socket.destroy()
    const more = () => response.write(Buffer.alloc(65_536)) && setImmediate(more)
    response.on('drain', more)
    response.on('error', () => {})
    more()
  })
  const fetch = safeFetcher([at])
  const began = Date.now()
  expect(await codeOf(fetch(`http://${at}/endless`, { maxBytes: 500_000 }))).toBe('too_large')
  expect(await codeOf(fetch(`http://${at}/slow`, { timeoutMs: 300 }))).toBe('unavailable')
  expect(await codeOf(fetch(`http://${at}/cut`))).toBe('unavailable')
  expect(Date.now() - began).toBeLessThan(5_000)
})
