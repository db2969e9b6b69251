import type { Publisher } from '@parley/domain/ports'
import { emptyPublication } from '@parley/domain/publication'
import { type ConversationEvent, idAt } from '@parley/protocol'
import { expect, test } from 'vitest'
import { measured } from '../src/measured.ts'

function listening() {
  const order: string[] = []
  const times: number[] = []
  const local: Publisher = {
    publish: async () => void order.push('delivered here'),
    republish: async () => void order.push('told again'),
  }
  const publisher = measured(local, () => (ms) => {
    order.push('measured')
    times.push(ms)
  })
  return { publisher, order, times }
}
const publicationOf = (...events: Partial<ConversationEvent>[]) => ({
  ...emptyPublication(),
  conversations: new Map([['1', events as ConversationEvent[]]]),
})
const sent = (agoMs: number) =>
  ({ type: 'message.created', message: { id: idAt(Date.now() - agoMs, 1, 1) } }) as Partial<ConversationEvent>

test('a flush is measured once, by its newest message, after it was delivered here', async () => {
  const { publisher, order, times } = listening()
  await publisher.publish(publicationOf(sent(5_000), sent(40)))
  expect(order).toEqual(['delivered here', 'measured'])
  expect(times[0]).toBeGreaterThanOrEqual(40)
  expect(times[0]).toBeLessThan(1_000)
})

test('the newest is found in whichever conversation it is', async () => {
  const { publisher, times } = listening()
  const conversations = [[sent(5_000)], [sent(40)], [sent(9_000)]].map(
    (events, i) => [String(i), events as ConversationEvent[]] as const,
  )
  await publisher.publish({ ...emptyPublication(), conversations: new Map(conversations) })
  expect(times[0]).toBeLessThan(1_000)
})

test('what is no new message is not measured, and a clock that was ahead counts as none', async () => {
  const { publisher, times } = listening()
  await publisher.publish(publicationOf({ type: 'floor.moved', floor: 1 } as Partial<ConversationEvent>))
  await publisher.publish(emptyPublication())
  expect(times).toEqual([])
  await publisher.publish(publicationOf(sent(-60_000)))
  expect(times).toEqual([0])
})
