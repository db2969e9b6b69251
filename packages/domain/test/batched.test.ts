import { expect, test } from 'vitest'
import { batched } from '../src/batched.ts'

test('people whose question is never answered are told so, and those who come after them are answered', async () => {
  const asked: string[][] = []
  const ask = batched<string, string>(
    10,
    (people) => {
      asked.push(people)
      if (people.includes('alice')) return new Promise(() => {})
      return Promise.resolve(people.map((name) => `hello ${name}`))
    },
    50,
  )
  const first = ask('alice')
  const beside = ask('bob')
  const told = expect(first).rejects.toMatchObject({ code: 'unavailable' })
  await expect(beside).rejects.toMatchObject({ code: 'unavailable' })
  await told
  expect(await ask('carol')).toBe('hello carol')
  expect(asked).toEqual([['alice', 'bob'], ['carol']])
})

test('whoever an answer leaves out is asked about again, before those who came later', async () => {
  const asked: string[][] = []
  const ask = batched<string, string>(2, async (people) => {
    asked.push(people)
    return people.slice(0, 1)
  })
  expect(await Promise.all(['alice', 'bob', 'carol'].map(ask))).toEqual(['alice', 'bob', 'carol'])
  expect(asked).toEqual([['alice', 'bob'], ['bob', 'carol'], ['carol']])
})
