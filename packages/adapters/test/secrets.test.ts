import { CannotOpen, openSecrets } from '@parley/adapters/secrets'
import { expect, test } from 'vitest'

const secrets = openSecrets('the secret of one installation, long enough')

test('what was sealed is opened again, and never looks the same twice', () => {
  const password = 'bind password of the directory: Grüße 🔑'
  const [one, other] = [secrets.seal(password), secrets.seal(password)]
  expect(one).not.toBe(other)
  expect(one).not.toContain('directory')
  expect(secrets.open(one)).toBe(password)
  expect(secrets.open(other)).toBe(password)
  expect(secrets.open(secrets.seal(''))).toBe('')
})

test('after a restart with the same secret everything still opens; with another one nothing does', () => {
  const sealed = secrets.seal('kept')
  expect(openSecrets('the secret of one installation, long enough').open(sealed)).toBe('kept')
  expect(() => openSecrets('the secret of another installation, also long').open(sealed)).toThrow(CannotOpen)
})

test('mallory alters what lies in the database: it does not open', () => {
  const sealed = secrets.seal('kept')
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  for (let i = 0; i < bytes.length; i++) {
    const altered = Buffer.from(bytes)
    altered[i] = altered[i]! ^ 1
    expect(() => secrets.open(`v1.${altered.toString('base64url')}`)).toThrow(CannotOpen)
  }
  for (const text of ['', 'v1.', 'v2.AAAA', `${sealed}.x`, sealed.slice(0, -4), 'plain'])
    expect(() => secrets.open(text)).toThrow(CannotOpen)
})

test('each purpose has a key of its own, 32 bytes, the same in every process', () => {
  const purposes = ['ticket', 'refresh', 'blob', 'saml-request'] as const
  const keys = purposes.map((purpose) => secrets.key(purpose).export().toString('hex'))
  expect(new Set(keys).size).toBe(purposes.length)
  for (const key of keys) expect(key).toHaveLength(64)
  expect(
    openSecrets('the secret of one installation, long enough').key('blob').export().toString('hex'),
  ).toBe(keys[2])
})
