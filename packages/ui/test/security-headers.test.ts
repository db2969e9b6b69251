import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, makeNonce } from '../src/shell/security-headers.ts'

const directive = (policy: string, name: string) =>
  policy
    .split('; ')
    .find((each) => each.startsWith(`${name} `))
    ?.split(' ')
    .slice(1)

describe('content security policy', () => {
  it('runs no script without this request’s nonce', () => {
    const policy = contentSecurityPolicy('abc', { realtimeUrls: undefined, blobUrl: undefined })
    expect(directive(policy, 'script-src')).toEqual(["'nonce-abc'", "'strict-dynamic'"])
  })

  it('lets alice connect to every realtime node, by socket and by long polling, and to nothing else', () => {
    const policy = contentSecurityPolicy('abc', {
      realtimeUrls: 'wss://rt1.example.org/ws, http://127.0.0.1:3002',
      blobUrl: 'https://files.example.org/bucket',
    })
    expect(directive(policy, 'connect-src')).toEqual([
      "'self'",
      'wss://rt1.example.org',
      'https://rt1.example.org',
      'http://127.0.0.1:3002',
      'ws://127.0.0.1:3002',
      'https://files.example.org',
    ])
    expect(directive(policy, 'img-src')).toContain('https://files.example.org')
  })

  it('refuses an address that would open a second directive', () => {
    const open = () =>
      contentSecurityPolicy('abc', { realtimeUrls: 'javascript:alert(1)', blobUrl: undefined })
    expect(open).toThrow('PARLEY_REALTIME_URLS')
  })

  it('never gives out the same nonce', () => {
    const nonces = new Set(Array.from({ length: 100 }, makeNonce))
    expect(nonces.size).toBe(100)
    for (const nonce of nonces) expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/)
  })
})
