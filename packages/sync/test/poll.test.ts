import { expect, test } from 'vitest'
import { openPoll, type Post } from '../src/index.ts'
import { manualClock } from './manual-clock.ts'
import { turn } from './scripted-server.ts'

/** A node in the hands of the test: each request waits for its answer. */
function scriptedNode() {
  const asked: { body: string; answer(...lines: unknown[]): Promise<void> }[] = []
  const post: Post = (_, body) => {
    const { promise, resolve } = Promise.withResolvers<{ status: number; text: string }>()
    asked.push({
      body,
      answer(...lines) {
        resolve({ status: 200, text: lines.map((line) => JSON.stringify(line)).join('\n') })
        return turn()
      },
    })
    return { answer: promise, cancel() {} }
  }
  return { asked, post }
}

test('a frame at which the host stumbles is reported, and what comes after it is heard, in its batch and in the next', async () => {
  const { asked, post } = scriptedNode()
  const clock = manualClock()
  const socket = openPoll('ws://one', post, clock)
  const heard: string[] = []
  socket.addEventListener('message', ({ data }) => {
    heard.push(data as string)
    if (heard.length === 2) throw new Error('stumbles')
  })
  await turn()
  socket.send('hello')
  await asked[0]!.answer({ n: 1, session: 's' }, 1, 2, 3)
  expect(heard).toEqual(['1', '2', '3'])
  expect(asked[1]!.body).toBe('{"t":"down","session":"s","ack":1}')
  // as from a timer of its own, where the host reports what nobody catches
  expect(() => clock.advance(0)).toThrow('stumbles')
  await asked[1]!.answer({ n: 2 }, 4)
  expect(heard).toEqual(['1', '2', '3', '4'])
  expect(asked[2]!.body).toBe('{"t":"down","session":"s","ack":2}')
  socket.close()
})
