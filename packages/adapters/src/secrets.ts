import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { Secrets } from '@parley/domain/ports'

type Purpose = Parameters<Secrets['key']>[0]

/** What each key is derived for. A name here never changes: everything sealed or signed under it would be lost. */
const INFO = {
  ticket: 'parley/ticket/1',
  refresh: 'parley/refresh/1',
  blob: 'parley/blob/1',
  'saml-request': 'parley/saml-request/1',
  seal: 'parley/seal/1',
} as const satisfies Record<Purpose | 'seal', string>

const VERSION = 'v1'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

/** What was sealed cannot be opened: another PARLEY_SECRET, or the text was altered. Holds neither. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen'
  constructor() {
    super('A sealed value cannot be opened: PARLEY_SECRET is not the one that it was sealed under.')
  }
}

/** One key per purpose from the one secret of the installation (HKDF-SHA-256, RFC 5869). */
export function openSecrets(secret: string): Secrets {
  const keys = Object.fromEntries(
    Object.entries(INFO).map(([purpose, info]) => [
      purpose,
      createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', info, KEY_BYTES))),
    ]),
  ) as Record<keyof typeof INFO, KeyObject>

  return {
    key: (purpose) => keys[purpose],
    /** AES-256-GCM under a fresh random nonce: `v1.` and base64url of nonce, ciphertext and tag. */
    seal(plain) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', keys.seal, nonce)
      const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${VERSION}.${sealed.toString('base64url')}`
    },
    /** @throws CannotOpen */
    open(sealed) {
      const [version, body = '', ...rest] = sealed.split('.')
      const bytes = Buffer.from(body, 'base64url')
      if (version !== VERSION || rest.length > 0 || bytes.length < NONCE_BYTES + TAG_BYTES)
        throw new CannotOpen()
      const decipher = createDecipheriv('aes-256-gcm', keys.seal, bytes.subarray(0, NONCE_BYTES))
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
      const plain = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
      try {
        return Buffer.concat([plain, decipher.final()]).toString('utf8')
      } catch {
        throw new CannotOpen()
      }
    },
  }
}
