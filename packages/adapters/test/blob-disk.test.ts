import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { diskStore } from '@parley/adapters/blob/disk'
import { openSecrets } from '@parley/adapters/secrets'
import { type Child, freePort, spawnChild } from '@parley/devstack'
import type { BlobStore } from '@parley/domain/ports'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blobAcceptance } from './blob-acceptance.ts'

const PARLEY_SECRET = 'the secret of the installation in these tests'
const dir = mkdtempSync(path.join(tmpdir(), 'parley-files-'))
let port: number
let server: Child
let store: BlobStore

const start = (env: Record<string, string | undefined>) =>
  spawnChild({
    name: 'file store',
    command: process.execPath,
    args: [path.join(import.meta.dirname, '../src/blob/disk-server.ts')],
    cwd: dir,
    env: { PATH: process.env.PATH, ...env },
    stopWith: [['SIGTERM', 5_000]],
  })
const environment = () => ({
  PARLEY_SECRET,
  PARLEY_BLOB_DIR: path.join(dir, 'files'),
  PARLEY_BLOB_PORT: String(port),
  PARLEY_WEB_URL: 'https://chat.example.org',
  PARLEY_CONSOLE_URL: 'https://console.example.org',
})

beforeAll(async () => {
  port = await freePort()
  server = start(environment())
  await server.line(/serving files/, 15_000)
  const signingKey = openSecrets(PARLEY_SECRET).key('blob')
  store = diskStore({ url: `http://127.0.0.1:${port}`, dir: path.join(dir, 'files'), signingKey })
})
afterAll(async () => {
  await server.stop()
  rmSync(dir, { recursive: true, force: true })
})

describe('the disk store', () => {
  blobAcceptance(() => store)
})

test('nothing half-arrived is left in its folder', () => {
  expect(readdirSync(path.join(dir, 'files', 'incoming'))).toEqual([])
})

test('a file that is opened by itself runs nothing and is not sniffed', async () => {
  await store.write('hostile.html', Buffer.from('<script>alert(document.domain)</script>'), {
    type: 'text/html',
  })
  const url = await store.downloadUrl('hostile.html', {
    seconds: 60,
    name: 'x.html',
    type: 'text/html',
    inline: true,
  })
  const { headers } = await fetch(url)
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none';.* sandbox$/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-type')).toBe('application/octet-stream')
  const missing = await fetch(`http://127.0.0.1:${port}/no/such`)
  expect(missing.headers.get('content-security-policy')).toMatch(/sandbox/)
})

test('pages of other origins may not read what it says', async () => {
  const url = await store.downloadUrl('hostile.html', {
    seconds: 60,
    name: 'x',
    type: 'text/plain',
    inline: true,
  })
  for (const origin of ['https://evil.example', 'null', 'https://chat.example.org.evil.example'])
    expect((await fetch(url, { headers: { origin } })).headers.get('access-control-allow-origin')).toBeNull()
})

test.each([
  '/../../../../etc/passwd',
  '/%2e%2e/%2e%2e/secret',
  '/a/../secret?expires=9999999999',
  '//evil.example/x',
  '/a%2fb',
  'http://evil.example/x',
  '/a%00b',
])('a path that is no key is refused: %s', async (target) => {
  writeFileSync(path.join(dir, 'secret'), 'not to be seen')
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`),
    )
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('close', () => resolve(text))
  })
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
  expect(answer).not.toContain('not to be seen')
})

test('it answers for its health, and says what is wrong with its folder', async () => {
  const ask = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`)
    return [response.status, await response.json()]
  }
  expect(await ask('/health/live')).toEqual([200, { status: 'live' }])
  expect(await ask('/health/ready')).toEqual([200, { status: 'ready', parts: { files: 'ok' } }])
  rmSync(path.join(dir, 'files', 'incoming'), { recursive: true })
  expect(await ask('/health/ready')).toEqual([503, { status: 'not ready', parts: { files: 'failed' } }])
  const parts = { files: { state: 'failed', says: 'The folder for files cannot be used (ENOENT).' } }
  expect(await ask('/health')).toEqual([503, expect.objectContaining({ status: 'not ready', parts })])
})

test('settings that cannot be meant, or a taken port, end it with one sentence', async () => {
  const ending = async (env: Record<string, string | undefined>) => {
    const child = start({ ...environment(), ...env })
    const { code, lastOutput } = await child.ended
    return [code, lastOutput.trim()]
  }
  expect(await ending({ PARLEY_SECRET: 'short' })).toEqual([
    1,
    'PARLEY_SECRET is too short: it needs at least 32 random characters.',
  ])
  expect(await ending({ PARLEY_BLOB_DIR: path.join(dir, 'other') })).toEqual([
    1,
    `Port ${port} (PARLEY_BLOB_PORT) is taken.`,
  ])
  expect(
    await ending({ PARLEY_BLOB_DIR: path.join(dir, 'secret'), PARLEY_BLOB_PORT: String(await freePort()) }),
  ).toEqual([1, 'PARLEY_BLOB_DIR names a file and must name a folder.'])
})

test('it ends cleanly when told to', async () => {
  await server.stop()
  expect((await server.ended).code).toBe(0)
  expect(existsSync(path.join(dir, 'files'))).toBe(true)
})
