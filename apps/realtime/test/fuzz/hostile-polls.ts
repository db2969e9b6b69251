import fc from 'fast-check'
import type { Asked } from '../../../../tests/support/hostile-http.ts'
import { allowedFrame, hostileFrame, type Known } from './hostile-frames.ts'

/** Requests of a long poll as nobody's client makes them: each line of the table in docs/subsystems/long-polling.md. */

/** How far a session has come, as its client should know. */
export type Progress = { session: string; ack: number; n: number }

/** JSON of what counts as no number of a batch or an upload, or as one far off. */
const NUMBERS = [
  ...['-1', '-0', '0', '0.5', '1e308', '1e999', '2147483648', '4294967296', '9007199254740991'],
  ...['9007199254740992', '9223372036854775808', '"1"', 'null', 'true', '[1]', '{}'],
]
const SESSIONS = [
  '',
  'mallory',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  'x'.repeat(64),
  'x'.repeat(65),
]
const HEADS = [
  ...['', '[]', 'null', '{}', '0', '"open"', '{"t":null}', '{"t":"sideways"}', '{"t":"open","t":"end"}', '{'],
  ...['{"t":"open","__proto__":{"session":"x"}}', '{"t":"down"}', '{"t":"up","n":1}', '{"t":"__proto__"}'],
  ...['\ufeff{"t":"open"}', ' {"t":"open"} ', `{"t":"down","session":"${'x'.repeat(600)}`, '['.repeat(510)],
  `{"t":"open"${' '.repeat(500)}}`,
]

/** Mostly where the session is, now and then beside it, seldom nowhere. */
const around = (here: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant(String(here)) },
    { weight: 3, arbitrary: fc.constant(String(here - 1)) },
    { weight: 2, arbitrary: fc.integer({ min: -2, max: 3 }).map((off) => String(here + off)) },
    { weight: 1, arbitrary: fc.constantFrom(...NUMBERS) },
  )

const head = ({ session, ack, n }: Progress): fc.Arbitrary<string> => {
  const id = fc.oneof(
    { weight: 15, arbitrary: fc.constant(session) },
    { weight: 1, arbitrary: fc.constantFrom(...SESSIONS) },
  )
  const known = fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(id, around(ack))
        .map(([s, a]) => `{"t":"down","session":${JSON.stringify(s)},"ack":${a}}`),
    },
    {
      weight: 8,
      arbitrary: fc
        .tuple(id, around(n + 1))
        .map(([s, a]) => `{"t":"up","session":${JSON.stringify(s)},"n":${a}}`),
    },
  )
  return fc.oneof(
    { weight: 20, arbitrary: known },
    { weight: 1, arbitrary: fc.constantFrom(...HEADS) },
    { weight: 1, arbitrary: fc.constant(`{"t":"end","session":"${session}"}`) },
    { weight: 1, arbitrary: around(n).map((a) => `{"t":"end","session":"${session}","n":${a}}`) },
    { weight: 1, arbitrary: fc.tuple(known, fc.nat()).map(([text, at]) => text.slice(0, at % text.length)) },
  )
}

const PING = '{"t":"ping"}'
/** Frames as there are never so many or so large. */
const CROWDS = [
  ...[`${PING}\n`.repeat(1_500), '\n'.repeat(200_000), 'x'.repeat(300_000), `"${'x'.repeat(262_000)}"`],
  ...['{}\n'.repeat(3), '\r\n\r\n', '\u0000\n', `${PING}\r\n${PING}\r\n`, '['.repeat(100_000)],
]
const lines = (known: Known): fc.Arbitrary<Buffer> =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc
        .array(allowedFrame(known), { maxLength: 12 })
        .map((frames) => Buffer.from(frames.join('\n'))),
    },
    { weight: 2, arbitrary: hostileFrame(known).map((frame) => Buffer.from(frame)) },
    { weight: 1, arbitrary: fc.constantFrom(...CROWDS).map((text) => Buffer.from(text)) },
  )

const spoiled = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[
        { method: 'GET' },
        { method: 'PUT' },
        { method: 'OPTIONS' },
        { method: 'DELETE' },
        { method: 'HEAD' },
      ],
      ...[
        { path: '/poll/' },
        { path: '//poll' },
        { path: '/x/y/poll' },
        { path: '/poll?route=%ff' },
        { path: '/' },
      ],
      ...[
        { path: '/POLL' },
        { path: '/poll%00' },
        { path: `/poll?${'x'.repeat(7_000)}` },
        { path: '/health/poll' },
      ],
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<[string, string]>(
        ...([
          ['origin', 'https://mallory.example'],
          ['origin', 'null'],
          ['origin', ''],
        ] as [string, string][]),
        ...([
          ['content-type', 'application/json'],
          ['content-encoding', 'gzip'],
        ] as [string, string][]),
        ...([
          ['x-forwarded-for', ',,,'],
          ['expect', '100-continue'],
          ['cookie', 'x'.repeat(7_000)],
        ] as [string, string][]),
        ['transfer-encoding', 'chunked'],
      )
      .map(([name, value]) => ({ headers: { [name]: value } })),
  },
)

/** Whatever may come of somebody who has a session. */
export const hostilePoll = (progress: Progress, known: Known): fc.Arbitrary<Asked> =>
  fc.tuple(head(progress), lines(known), spoiled).map(([first, rest, change]) => ({
    ...{ method: 'POST', path: '/poll?route=1' },
    body: /"down"|"end","session":"[^"]*"}/.test(first)
      ? Buffer.from(first)
      : Buffer.concat([Buffer.from(`${first}\n`), rest]),
    ...change,
  }))

/** Whatever may come of somebody who has none, and opens none. */
export const strangePoll = (known: Known): fc.Arbitrary<Asked> =>
  fc
    .tuple(
      fc.oneof(
        fc.constant('{"t":"open"}'),
        fc.constantFrom(...HEADS),
        fc.string({ unit: 'binary', maxLength: 40 }),
      ),
      fc.oneof(
        lines(known),
        fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
        fc
          .constantFrom('', 'x'.repeat(1_000), '.'.repeat(2_001))
          .map((ticket) => Buffer.from(JSON.stringify({ t: 'hello', ticket, protocol: 1, client: 'm' }))),
      ),
      spoiled,
    )
    .map(([first, rest, change]) => ({
      ...{ method: 'POST', path: '/poll', body: Buffer.concat([Buffer.from(`${first}\n`), rest]) },
      ...change,
    }))
