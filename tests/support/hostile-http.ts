import { connect } from 'node:net'
import fc from 'fast-check'

/** HTTP (RFC 9112) as nobody speaks it, for whatever listens. */

export type Asked = { method: string; path: string; body?: string | Buffer; headers?: Record<string, string> }

/** What is nobody's business: stack traces, our files, SQL and the words of its driver. */
export const INSIDES =
  /\n\s+at |node_modules|packages\/|file:\/\/|\.ts:\d|\bSELECT\b|\bINSERT INTO\b|prisma|violates|relation "|syntax error|invalid byte|undefined is not|cannot read prop/i

const REQUESTS = [
  ...['GET / HTTP/1.1\r\n\r\n', 'GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n'],
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
  'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n',
  `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
  `GET /${'a'.repeat(50_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: a\r\n${'A: b\r\n'.repeat(5_000)}\r\n`,
  `X-Forwarded-For: ${'1.1.1.1, '.repeat(1_000)}\r\n`,
  '\u0000\r\n\r\n',
]
export const hostileHttp: fc.Arbitrary<Buffer> = fc.oneof(
  fc.constantFrom(...REQUESTS).map((text) => Buffer.from(text, 'latin1')),
  fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
)

/** How long it says its body is, which need not be so. */
const LENGTHS = [
  ...['', '0', '1', '00000005', '-1', '+5', '5, 5', '5, 6', '0x10', '1e9', '99999', '9007199254740993'],
  '99999999999999999999',
]
const LINES = [
  ...['Transfer-Encoding: chunked', 'Transfer-Encoding: gzip, chunked', 'Transfer-Encoding: identity'],
  ...['Expect: 100-continue', 'Expect: tea', 'Connection: close', 'Connection: keep-alive, Host', 'Host:'],
  ...['Host: evil.example', 'Host: a:b:c', 'Upgrade: h2c\r\nConnection: Upgrade', 'Trailer: Host', 'A'],
  ...[
    ' folded: yes',
    'Content-Type: ',
    'X-Forwarded-For: ,,,',
    'X-Forwarded-Host: evil.example',
    'Via: 1.1 a',
  ],
]
type Lies = {
  length: string | null
  more: string[]
  cut: number | null
  junk: { at: number; bytes: Uint8Array } | null
}
const lies: fc.Arbitrary<Lies> = fc.record({
  length: fc.option(fc.constantFrom(...LENGTHS), { freq: 2 }),
  more: fc.array(fc.constantFrom(...LINES), { maxLength: 2 }),
  cut: fc.option(fc.nat(), { freq: 1 }),
  junk: fc.option(fc.record({ at: fc.nat(), bytes: fc.uint8Array({ minLength: 1, maxLength: 4 }) }), {
    freq: 1,
  }),
})

/** A request that lies of its length, breaks off, or has junk in it; and now and then another right behind. */
export const mangled = (asked: fc.Arbitrary<Asked>): fc.Arbitrary<Buffer> =>
  fc.tuple(asked, lies, fc.nat(3)).map(([one, said, again]) => {
    const bytes = bytesOf(one, said)
    return again === 0 ? Buffer.concat([bytes, bytes]) : bytes
  })

function bytesOf(
  { method, path, body = '', headers = {} }: Asked,
  { length, more, cut, junk }: Lies,
): Buffer {
  const content = Buffer.from(body)
  const head = [
    `${method} ${path} HTTP/1.1`,
    ...['Host: localhost', `Content-Length: ${length ?? content.length}`],
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...[...more, '\r\n'],
  ].join('\r\n')
  const whole = Buffer.concat([Buffer.from(head, 'latin1'), content])
  const at = junk ? junk.at % whole.length : 0
  const spoiled = junk ? Buffer.concat([whole.subarray(0, at), junk.bytes, whole.subarray(at)]) : whole
  return cut === null ? spoiled : spoiled.subarray(0, cut % spoiled.length)
}

/** The most of an answer that is looked at. */
const LOOKED_AT = 65_536

/**
 * Sends them, in `pieces`, and hangs up once the other side does, or has had `ms` to say something.
 * @returns what it said
 */
export function pour(port: number, bytes: Buffer, ms: number, pieces = 1): Promise<string> {
  return new Promise((resolve) => {
    let said = ''
    const size = Math.ceil(bytes.length / pieces)
    let from = 0
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, function write() {
      if (socket.destroyed || from >= bytes.length) return
      socket.write(bytes.subarray(from, from + size))
      from += size
      setTimeout(write, ms / (2 * pieces))
    })
    const timer = setTimeout(() => socket.destroy(), ms)
    socket.setEncoding('latin1')
    socket.on('data', (text) => {
      if (said.length < LOOKED_AT) said += text
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(said)
    })
  })
}

/** The status lines of everything that was answered. */
export const statusesIn = (said: string): number[] =>
  [...said.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
