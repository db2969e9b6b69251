import fc from 'fast-check'

/** Frames as nobody's client makes them: what the door must take apart without being hurt. */

export type Known = { conversations: string[]; messages: string[] }

const integer = fc.oneof(
  fc.integer({ min: -2, max: 300 }),
  fc.constantFrom(
    ...[-(2 ** 31), 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 1e308, -1e308, 0.5, -0],
  ),
)
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    ...[
      '',
      '\u0000',
      '\ud800',
      '\udc00x',
      '__proto__',
      'constructor',
      '<@0>',
      '<!channel>',
      '```',
      '\u202e',
      '👍',
    ],
  ),
  fc.constantFrom(19_999, 20_000, 20_001, 70_000).map((length) => 'x'.repeat(length)),
)
const id = ({ conversations, messages }: Known) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...conversations) },
    { weight: 2, arbitrary: fc.constantFrom(...(messages.length > 0 ? messages : ['1'])) },
    fc.constantFrom(
      ...[
        '0',
        '1',
        '-1',
        '00',
        '9223372036854775807',
        '9223372036854775808',
        '18446744073709551616',
        '1e3',
        ' 1',
      ],
    ),
  )
const anything = fc.oneof(fc.anything({ maxDepth: 3, withNullPrototype: true }), integer, text)

/** Each field of every frame, mostly as it may be. */
const fieldsOf = (known: Known) => {
  const mostly = (value: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 8, arbitrary: value }, { weight: 1, arbitrary: anything })
  return fc.record(
    {
      req: mostly(integer),
      id: mostly(fc.uuid()),
      conversation: mostly(id(known)),
      message: mostly(id(known)),
      root: mostly(id(known)),
      text: mostly(text),
      emoji: mostly(text),
      on: mostly(fc.boolean()),
      back: mostly(fc.boolean()),
      only: mostly(fc.boolean()),
      seq: mostly(integer),
      replies: mostly(integer),
      from: mostly(integer),
      to: mostly(integer),
      person: mostly(integer),
      files: mostly(fc.array(id(known), { maxLength: 11 })),
      conversations: mostly(
        fc.array(fc.tuple(id(known), integer, fc.constantFrom(0, 1, 2)), { maxLength: 30 }),
      ),
    },
    { requiredKeys: [] },
  )
}

const optional = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })

/** What passes the door, at the edges of what may: it meets the acts and the database. */
export const allowedFrame = (known: Known): fc.Arbitrary<string> => {
  const conversation = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...known.conversations) },
    fc.constantFrom('0', '1', '9223372036854775807'),
  )
  const message = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...(known.messages.length > 0 ? known.messages : ['1'])) },
    fc.constantFrom('0', '1', '9223372036854775807'),
  )
  const number = fc.oneof(fc.nat(300), fc.constantFrom(0, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1))
  const place = number.map((at) => Math.max(1, at))
  const words = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom('', '\u202e', '<@0>', '<!channel> <!here>', '```', '%s', "'; --", '\\', '{"t":1}'),
    fc.constant('<@1> '.repeat(4_000)),
  )
  const on = fc.boolean()
  const emoji = fc.constantFrom(
    ...['👍', 'x', '__proto__', 'constructor', '👩‍👩‍👧‍👦', 'é'.repeat(64)],
    ...['\ud83d', 'a\u202Eb', '✔verified', '\uFDFD'.repeat(64)],
  )
  const at = { req: number, conversation, message }
  const shapes: Record<string, Record<string, fc.Arbitrary<unknown>>> = {
    send: {
      ...{ id: fc.uuid(), conversation, text: words },
      ...{ root: optional(message), files: optional(fc.array(message, { maxLength: 3 })) },
    },
    edit: { ...at, text: words },
    delete: at,
    react: { ...at, emoji, on },
    pin: { ...at, on },
    read: { req: number, conversation, seq: number, back: optional(on) },
    'read-thread': { req: number, conversation, root: message, replies: number },
    typing: { conversation, root: optional(message) },
    sync: {
      ...{ req: number, person: number, only: optional(on) },
      conversations: fc.array(fc.tuple(conversation, number, fc.constantFrom(0, 1)), { maxLength: 30 }),
    },
    history: { req: number, conversation, from: place, to: place },
    thread: { req: number, conversation, root: message, from: place, to: place },
    ping: {},
  }
  return fc
    .oneof({ weight: 1, arbitrary: fc.constant('send') }, { weight: 3, arbitrary: fc.constantFrom(...KINDS) })
    .chain((t) => fc.record(shapes[t]!).map((fields) => JSON.stringify({ t, ...fields })))
}

const KINDS = [
  ...['send', 'edit', 'delete', 'react', 'pin', 'read', 'read-thread', 'typing'],
  ...['sync', 'history', 'thread', 'ping'],
]

const whole = (known: Known) =>
  fc
    .constantFrom(...KINDS, 'hello', 'bye', '__proto__')
    .chain((t) => fieldsOf(known).map((fields) => JSON.stringify({ ...fields, t })))

const deep = fc
  .constantFrom(100, 10_000, 100_000)
  .chain((depth) => fc.constantFrom('[', '{"t":').map((open) => open.repeat(depth).slice(0, 200_000)))

const broken = (known: Known) =>
  fc
    .tuple(allowedFrame(known), fc.nat(), fc.string({ unit: 'binary', maxLength: 3 }))
    .map(([frame, at, junk]) => {
      const cut = at % (frame.length + 1)
      return frame.slice(0, cut) + junk + frame.slice(cut + (at % 2))
    })

const poisoned = fc.constantFrom(
  ...['{"t":"ping","__proto__":{"a":1}}', '{"__proto__":{"t":"ping"}}', '{"t":"ping","t":"ping"}'],
  ...['null', '[]', '""', '0', '{}', '{"t":null}', ' {"t":"ping"} ', '\ufeff{"t":"ping"}', 'NaN'],
)

/** One message that nearly always is refused at the door. */
export const hostileFrame = (known: Known): fc.Arbitrary<string | Buffer> =>
  fc.oneof(
    { weight: 3, arbitrary: whole(known) },
    { weight: 1, arbitrary: broken(known) },
    { weight: 1, arbitrary: deep },
    { weight: 1, arbitrary: poisoned },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  )
