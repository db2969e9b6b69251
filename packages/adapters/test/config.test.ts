import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readBlobServerConfig, readConfig } from '@parley/adapters/config'
import { ConfigError } from '@parley/adapters/config/fields'
import { expect, test } from 'vitest'

const SECRET = 'a secret that nobody may ever see in a message'
const good = {
  PARLEY_SECRET: SECRET,
  DATABASE_URL: 'postgres://parley:pass-word-1@127.0.0.1:5432/parley',
  REDIS_URL: 'redis://:pass-word-2@127.0.0.1:6379',
  SMTP_URL: 'smtp://127.0.0.1:2525',
  PARLEY_WEB_URL: 'https://chat.example.org/',
  PARLEY_CONSOLE_URL: 'https://console.example.org',
  PARLEY_REALTIME_URLS: 'wss://rt1.example.org, wss://rt2.example.org/',
  PARLEY_BLOB_URL: 'https://files.example.org',
  PARLEY_BLOB_DIR: '/srv/files',
}
const mistakesOf = (env: Record<string, string | undefined>): readonly string[] => {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes
    throw error
  }
}

test('what the start command sets becomes a typed configuration', () => {
  const config = readConfig({ ...good, PARLEY_NODE: 'realtime-1', PORT: '3002' })
  expect(config.addresses).toEqual({
    web: 'https://chat.example.org',
    console: 'https://console.example.org',
    realtime: ['wss://rt1.example.org', 'wss://rt2.example.org'],
  })
  expect(config.store).toEqual({ kind: 'disk', url: 'https://files.example.org', dir: '/srv/files' })
  expect(config).toMatchObject({ node: 'realtime-1', port: 3002, host: '127.0.0.1', push: null })
  expect(config.mail.from).toBe('Parley <parley@chat.example.org>')
})

test('S3 takes the place of the disk store, and asks for what it needs', () => {
  const s3 = { S3_ENDPOINT: 'http://s3.example.org:9000', S3_BUCKET: 'parley', S3_ACCESS_KEY: 'k' }
  expect(mistakesOf({ ...good, ...s3 })).toEqual([
    'S3_SECRET_KEY is not set: an S3 store needs its secret key.',
  ])
  expect(readConfig({ ...good, ...s3, S3_SECRET_KEY: 's' }).store).toMatchObject({
    kind: 's3',
    publicEndpoint: 'http://s3.example.org:9000',
    region: 'us-east-1',
  })
})

test('an empty environment is told everything that is missing, one sentence each', () => {
  const mistakes = mistakesOf({})
  expect(mistakes.map((mistake) => mistake.split(' ')[0])).toEqual([
    'PARLEY_SECRET',
    'DATABASE_URL',
    'REDIS_URL',
    'SMTP_URL',
    'PARLEY_WEB_URL',
    'PARLEY_CONSOLE_URL',
    'PARLEY_REALTIME_URLS',
    'PARLEY_BLOB_URL',
    'PARLEY_BLOB_DIR',
  ])
  for (const mistake of mistakes) expect(mistake).toMatch(/^\S+ is not set.*\.$/)
})

test.each([
  ['PARLEY_SECRET', 'hunter2-hunter2'],
  ['DATABASE_URL', 'mysql://root:hunter2-hunter2@db/parley'],
  ['REDIS_URL', 'hunter2-hunter2'],
  ['PARLEY_REALTIME_URLS', 'wss://ok.example.org,http://hunter2-hunter2'],
  ['PORT', '99999'],
  ['PARLEY_NODE', 'hunter2-hunter2 with spaces'],
  ['MAIL_FROM', 'hunter2-hunter2'],
  ['FCM_SERVICE_ACCOUNT', '{"type":"service_account","private_key":"hunter2-hunter2"}'],
])('a wrong %s is named and what it holds is not shown', (name, value) => {
  const mistakes = mistakesOf({ ...good, [name]: value })
  expect(mistakes).toHaveLength(1)
  expect(mistakes[0]).toMatch(new RegExp(`^${name} `))
  expect(mistakes[0]).not.toContain('hunter2-hunter2')
  expect(mistakes[0]).not.toContain('99999')
})

test('the service account may be the JSON itself or the path of its file', () => {
  const json = JSON.stringify({
    type: 'service_account',
    project_id: 'parley-test',
    client_email: 'push@parley-test.example',
    private_key: '-----BEGIN PRIVATE KEY-----\n…',
    client_id: 'not needed',
  })
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-config-'))
  const file = path.join(folder, 'key.json')
  writeFileSync(file, json)
  const push = { serviceAccount: { projectId: 'parley-test' }, endpoint: null }
  expect(readConfig({ ...good, FCM_SERVICE_ACCOUNT: json }).push).toMatchObject(push)
  expect(readConfig({ ...good, FCM_SERVICE_ACCOUNT: file }).push).toMatchObject(push)
  rmSync(folder, { recursive: true })
})

test('the file store needs neither database nor Redis', () => {
  const { PARLEY_SECRET, PARLEY_BLOB_DIR, PARLEY_WEB_URL, PARLEY_CONSOLE_URL } = good
  const env = { PARLEY_SECRET, PARLEY_BLOB_DIR, PARLEY_WEB_URL, PARLEY_CONSOLE_URL, PARLEY_BLOB_PORT: '3004' }
  expect(readBlobServerConfig(env)).toMatchObject({
    port: 3004,
    origins: ['https://chat.example.org', 'https://console.example.org'],
  })
})
