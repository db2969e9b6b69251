import type { ClientFrame } from '@parley/protocol'
import { expect, test } from 'vitest'
import { presences } from '../src/presence/presences.ts'
import { notifier, topics } from '../src/views/topics.ts'
import { manualClock } from './manual-clock.ts'

const bob = '12'

test('of whom nothing is to be known any more nothing is shown, until he is told of again', async () => {
  const clock = manualClock()
  const sent: ClientFrame[] = []
  const known = presences({
    clock,
    notifier: notifier(),
    isOpen: () => true,
    send: (frame) => void sent.push(frame),
  })
  const shown: (string | undefined)[] = []
  known.subscribe(topics.presence(bob), () => void shown.push(known.of(bob)?.state))
  clock.advance(1_000)
  expect(sent).toEqual([{ t: 'look', people: [bob], conversations: [] }])
  known.heard({ t: 'presence', people: [{ person: bob, state: 'online' }] })
  await Promise.resolve()
  known.heard({ t: 'presence', unknown: [bob] })
  await Promise.resolve()
  known.heard({ t: 'presence', people: [{ person: bob, state: 'away' }] })
  await Promise.resolve()
  expect(shown).toEqual(['online', undefined, 'away'])
})
