import { expect, onTestFinished, test, vi } from 'vitest'
import { inRounds } from '../../scripts/bench/figures/in-rounds.ts'
import { inTurns } from '../../scripts/bench/figures/in-turns.ts'

function listen(): string[] {
  const said: string[] = []
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.push(String(text))
    return true
  })
  onTestFinished(() => write.mockRestore())
  return said
}

test('before each round it is said which it is, and about how long the others take', async () => {
  const said = listen()
  let now = 0
  const took = [100_000, 140_000, 30_000]
  const round = async () => {
    now += took.shift()!
  }
  await inRounds('direct', 3, round, () => now)
  expect(said).toEqual([
    '  direct: round 1 of 3\n',
    '  direct: round 2 of 3, about 4 min left\n',
    '  direct: round 3 of 3, about 2 min left\n',
  ])
})

test('everybody has a turn in every round, and the median of each is told', async () => {
  const said = listen()
  const turns: string[] = []
  const of = await inTurns('client', ['alice', 'bob'], 3, async (one) => {
    turns.push(one)
    return turns.length
  })
  expect(turns).toEqual(['alice', 'bob', 'alice', 'bob', 'alice', 'bob'])
  expect([of('alice', (nth) => nth), of('bob', (nth) => nth)]).toEqual([3, 4])
  expect(said).toHaveLength(3)
})
