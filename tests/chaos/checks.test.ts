import { expect, test } from 'vitest'
import { check } from '../../scripts/chaos/checks/index.ts'
import type { Change, History } from '../../scripts/chaos/crowd/protocol.ts'
import type { Facts, MessageFact } from '../../scripts/chaos/facts.ts'
import type { MoveMade } from '../../scripts/chaos/movers.ts'
import { personAt } from '../../scripts/chaos/people.ts'
import type { Room } from '../../scripts/chaos/rooms.ts'

const [alice, bob, mallory] = [personAt(0), personAt(1), personAt(2)]
const ROOM = '7'
const MADE = '8'

const message = (seq: number, over: Partial<MessageFact> = {}): MessageFact => ({
  ...{ conversation: ROOM, id: `${100 + seq}`, seq, version: seq, ordinal: seq, root: null, sender: alice },
  ...{ client: `c${seq}`, text: `alice says ${seq}`, gone: null, reactions: null },
  ...over,
})
const history = (person: string, over: Partial<History> = {}): History => ({
  ...{ person, sent: [], acknowledged: [], refused: [], lost: [], changes: [], reads: [], heard: [] },
  ...{ violations: [], channels: [], chosen: [], failures: [], crashes: 0 },
  ...over,
})

/** Alice said two things in a room that bob left with version 4 and came back to with version 6; mallory never was in it. */
function whatHappened() {
  const messages = [message(1), message(2, { version: 5, text: 'alice says 2, better' })]
  const said = [1, 2].map((n) => ({
    ...{ id: `c${n}`, conversation: ROOM, root: null, text: `alice says ${n}`, order: n },
    over: 'socket' as const,
  }))
  const acknowledged = [1, 2].map((n) => ({
    id: `c${n}`,
    ack: { message: `${100 + n}`, seq: n, version: n, ordinal: n },
  }))
  const edit: Change = {
    ...{ kind: 'edit', conversation: ROOM, message: '102', order: 3, outcome: 'done' },
    text: 'alice says 2, better',
  }
  const move = (kind: 'join' | 'leave', version: number, began: number): MoveMade => ({
    ...{ kind, by: bob, person: bob, conversation: ROOM, began, ended: began + 1 },
    moved: { outcome: 'done', version },
  })
  return {
    rooms: [
      { id: ROOM, kind: 'public', owner: alice, members: [alice, bob], moving: true as boolean },
      { id: MADE, kind: 'public', owner: alice, members: [alice], moving: false, name: 'kitchen' },
    ] satisfies Room[],
    histories: [
      history(alice, {
        ...{ sent: said, acknowledged, changes: [edit] },
        channels: [{ name: 'kitchen', id: MADE, outcome: 'done' }],
        chosen: [{ push: 'none', email: false, outcome: 'done' }],
      }),
      history(bob, {
        heard: [
          { conversation: ROOM, version: 2, at: 5, frame: 'events' },
          { conversation: ROOM, version: 6, at: 35, frame: 'synced' },
        ],
        reads: [{ conversation: ROOM, seq: 2, order: 0, outcome: 'done' }],
      }),
      history(mallory),
    ],
    moves: [move('leave', 4, 10), move('join', 6, 30)],
    messages,
    earlier: [{ message: '102', text: 'alice says 2' }],
    memberships: [alice, bob].map((person) => ({
      conversation: ROOM,
      person,
      here: true as boolean,
      readSeq: 2,
    })),
    conversations: [
      { id: ROOM, seq: 2, version: 6, roots: 2 },
      { id: MADE, seq: 0, version: 1, roots: 0 },
    ],
    preferences: [{ person: alice, push: 'none', email: false }],
    failures: [] as string[],
    indexed: messages.map(({ id, version }) => ({ message: id, version })),
    notifications: [] as Facts['notifications'],
  } satisfies Facts
}
type Happened = ReturnType<typeof whatHappened>

test('nothing is found where every promise was kept', () => {
  expect(check(whatHappened())).toEqual([])
})

const WRONGS: [string, (happened: Happened) => void, RegExp][] = [
  [
    'an acknowledged message is missing',
    ({ messages }) => void messages.pop(),
    /PostgreSQL does not hold it/,
  ],
  [
    'a message is there twice',
    ({ messages }) => void messages.push(message(3, { client: 'c1' })),
    /"alice says 1" of person 0 is there 2 times/,
  ],
  [
    'a retry got another number',
    ({ histories }) =>
      void histories[0]!.acknowledged.push({
        id: 'c1',
        ack: { message: '102', seq: 2, version: 2, ordinal: 2 },
      }),
    /it was taken for two/,
  ],
  [
    'a message was refused and kept',
    ({ histories }) => void histories[0]!.refused.push('c1'),
    /was refused and is there/,
  ],
  [
    'a message waits no more and is nowhere',
    ({ histories }) =>
      void histories[0]!.sent.push({
        ...{ id: 'c9', conversation: ROOM, root: null, text: 'alice says 9', order: 9, over: 'socket' },
      }),
    /"alice says 9" .* is not there/,
  ],
  [
    'somebody spoke in the name of another',
    ({ messages }) => void messages.push(message(3, { client: 'c8' })),
    /did not say it/,
  ],
  [
    'a number was left out',
    ({ messages }) => {
      messages[1]!.seq = 3
    },
    /The seq in 7 jumps to 3/,
  ],
  [
    'two messages stand the other way round',
    ({ histories }) => void histories[0]!.sent.reverse(),
    /stand the other way round/,
  ],
  [
    'an edit was lost',
    ({ messages }) => {
      messages[1]!.text = 'alice says 2'
    },
    /of which nothing is left/,
  ],
  [
    'an edit was done twice',
    ({ earlier }) => void earlier.push({ message: '102', text: 'alice says 2, better' }),
    /it was done 2 times/,
  ],
  [
    'a deleted message is still there',
    ({ histories }) =>
      void histories[0]!.changes.push({
        ...{ kind: 'delete', conversation: ROOM, message: '101', order: 4, outcome: 'done' },
      } as Change),
    /which is still there/,
  ],
  [
    'a reaction was lost',
    ({ histories }) =>
      void histories[0]!.changes.push({
        ...{
          kind: 'react',
          conversation: ROOM,
          message: '101',
          order: 4,
          outcome: 'done',
          emoji: '👍',
          on: true,
        },
      } as Change),
    /it is there 0 times/,
  ],
  [
    'what was read is unread again',
    (happened) => {
      happened.moves = []
      happened.memberships[1]!.readSeq = 1
    },
    /is kept as read up to 1/,
  ],
  [
    'who came back is not in',
    ({ memberships }) => {
      memberships[1]!.here = false
    },
    /was to join, and they are not in it/,
  ],
  [
    'who was never in it hears of it',
    ({ histories }) =>
      void histories[2]!.heard.push({ conversation: ROOM, version: 1, at: 5, frame: 'changed-conversation' }),
    /was never a member of it/,
  ],
  [
    'who had left heard what was said then, before coming back',
    ({ histories }) =>
      void histories[1]!.heard.push({ conversation: ROOM, version: 5, at: 29, frame: 'events' }),
    /was out of 7 from version 4 on, and got version 5/,
  ],
  [
    'an event was told out of order',
    ({ histories }) => void histories[1]!.violations.push('person 1 was told version 1 after version 2.'),
    /told in order/,
  ],
  [
    'search does not know a message',
    ({ indexed }) => void indexed.shift(),
    /Message 1 of 7 is not found by search/,
  ],
  [
    'search knows a message as it was before it was edited',
    ({ indexed }) => void Object.assign(indexed[1]!, { version: 2 }),
    /knows message 2 of 7 by version 2, and it is at 5/,
  ],
  [
    'a channel was made and is gone',
    ({ rooms }) => void rooms.pop(),
    /"kitchen" of person 0 was made as 8, and is not there/,
  ],
  ['a channel was made twice', ({ rooms }) => void rooms.push({ ...rooms[1]!, id: '9' }), /is there 2 times/],
  [
    'a choice was lost',
    ({ preferences }) => void Object.assign(preferences[0]!, { push: 'all' }),
    /chose none and false at last, and all and false are kept/,
  ],
  [
    'somebody was told of a fault of ours',
    ({ failures }) => void failures.push('person 0 asked for messages.search and was answered "internal".'),
    /no fault of ours: .*"internal"/,
  ],
  ['who was named was not to be told', (happened) => named(happened, 0), /was to be told 0 times/],
  ['who was named was to be told twice', (happened) => named(happened, 2), /was to be told 2 times/],
]

/** Alice named bob, who has not read it, where nobody comes or goes; so many notifications were made of it. */
function named({ rooms, messages, memberships, notifications }: Happened, times: number): void {
  rooms[0]!.moving = false
  messages[0]!.text = `<@${bob}> look`
  memberships[1]!.readSeq = 0
  for (let i = 0; i < times; i++) notifications.push({ person: bob, message: messages[0]!.id })
}

test.each(WRONGS)('it is found when %s', (_, wrong, found) => {
  const happened = whatHappened()
  wrong(happened)
  expect(check(happened).join('\n')).toMatch(found)
})

test('what died with a device before it was stored may be written behind what was said since', () => {
  const happened = whatHappened()
  happened.histories[0]!.sent.reverse()
  happened.histories[0]!.lost.push('c2')
  expect(check(happened)).toEqual([])
})

test('what somebody hears after coming back of the time when they were away is theirs', () => {
  const happened = whatHappened()
  happened.histories[1]!.heard.push({ conversation: ROOM, version: 5, at: 31, frame: 'messages' })
  expect(check(happened)).toEqual([])
})

test('after a move that got no answer, nothing is sure until the next one', () => {
  const happened = whatHappened()
  happened.moves[0]!.moved = { outcome: 'unknown', why: 'the API was killed' } as never
  happened.histories[1]!.heard.push({ conversation: ROOM, version: 5, at: 29, frame: 'events' })
  expect(check(happened)).toEqual([])
})
