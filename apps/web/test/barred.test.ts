import { beforeEach, describe, expect, it } from 'vitest'
import { type Barred, watchBarred } from '../features/session/barred.ts'

/** A socket as browsers make it, or as they refuse it. */
class Socket {
  static state: 'connecting' | 'closed' | DOMException = 'connecting'
  readonly CLOSED = 3
  readonly readyState: number
  readonly url: string
  constructor(url: string) {
    if (Socket.state instanceof DOMException) throw Socket.state
    this.url = url
    this.readyState = Socket.state === 'closed' ? 3 : 0
  }
}

const node = 'wss://rt3.example.org/realtime'
let page: EventTarget
let barred: Barred
beforeEach(() => {
  page = new EventTarget()
  Socket.state = 'connecting'
  barred = watchBarred(page, Socket as never)
})

const violated = (blockedURI: string, over: object = {}) =>
  page.dispatchEvent(
    Object.assign(new Event('securitypolicyviolation'), {
      ...{ blockedURI, effectiveDirective: 'connect-src', disposition: 'enforce' },
      ...over,
    }),
  )

describe('alice’s page is older than a node', () => {
  it('which she does not know before it is tried', () => {
    expect(barred.has(node)).toBe(false)
    expect(barred.open(node)).toMatchObject({ url: node })
  })

  it('and the browser says so, of a socket or of a poll: both are barred, and no other node is', () => {
    violated('https://rt3.example.org/realtime/poll?route=x')
    expect([node, 'wss://rt2.example.org/realtime', 'not an address'].map(barred.has)).toEqual([
      true,
      false,
      false,
    ])
  })

  it('and the browser refuses a socket as Chromium does, closed from the first', () => {
    Socket.state = 'closed'
    expect(() => barred.open(node)).toThrow('may not connect')
    expect(barred.has(node)).toBe(true)
  })

  it('and the browser refuses a socket by throwing', () => {
    Socket.state = new DOMException('', 'SecurityError')
    expect(() => barred.open(node)).toThrow()
    expect(barred.has(node)).toBe(true)
  })
})

it('what is refused for another reason is not barred', () => {
  violated('wss://rt3.example.org', { effectiveDirective: 'img-src' })
  violated('wss://rt3.example.org', { disposition: 'report' })
  violated('inline')
  Socket.state = new DOMException('', 'SyntaxError')
  expect(() => barred.open(node)).toThrow()
  expect(barred.has(node)).toBe(false)
})

it('nothing is heard any more once it is over', () => {
  barred.close()
  violated(node)
  expect(barred.has(node)).toBe(false)
})
