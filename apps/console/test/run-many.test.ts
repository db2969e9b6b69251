import { expect, test } from 'vitest'
import { runMany } from '../features/list/run-many.ts'

const never = () => null
const people = ['alice', 'bob', 'carol', 'dan', 'erin', 'mallory']

test('everybody is done, and progress says how many', async () => {
  const said: number[] = []
  const run = await runMany(people, {
    act: async () => {},
    waitFor: never,
    onProgress: ({ done }) => said.push(done),
  })
  expect(run).toEqual({ done: 6, failed: [] })
  expect(said).toEqual([1, 2, 3, 4, 5, 6])
})

test('who is refused is named, and the others are done', async () => {
  const refused = new Error('Only an owner may do this.')
  const run = await runMany(people, {
    act: async (person) => {
      if (person === 'dan') throw refused
    },
    waitFor: never,
  })
  expect(run).toEqual({ done: 6, failed: [{ item: 'dan', error: refused }] })
})

test('who is asked for patience waits as long, then tries once more', async () => {
  const waited: number[] = []
  const tries = new Map<string, number>()
  const run = await runMany(['bob'], {
    async act(person) {
      tries.set(person, (tries.get(person) ?? 0) + 1)
      if (tries.get(person) === 1) throw new Error('too many')
    },
    waitFor: () => 12,
    pause: async (milliseconds) => void waited.push(milliseconds),
  })
  expect(run.failed).toEqual([])
  expect(waited).toEqual([12_000])
})

test('nobody waits for an hour', async () => {
  const run = await runMany(['bob'], {
    act: () => Promise.reject(new Error('locked')),
    waitFor: () => 3_600,
    pause: () => Promise.reject(new Error('waited all the same')),
  })
  expect(run.failed[0]?.error).toEqual(new Error('locked'))
})

test('once stopped, nobody further is touched', async () => {
  const stop = new AbortController()
  const touched: string[] = []
  const run = await runMany(people, {
    async act(person) {
      touched.push(person)
      if (person === 'bob') stop.abort()
      await Promise.resolve()
    },
    waitFor: never,
    signal: stop.signal,
  })
  expect(touched).toEqual(['alice', 'bob'])
  expect(run.done).toBe(2)
})
