import { expect, test } from 'vitest'
import { type Probed, probe } from '../src/health.ts'

test('strangers ask at once how a process is, hundreds of times: its parts are asked once, and once more later', async () => {
  let asked = 0
  const logged: string[] = []
  const answers: PromiseWithResolvers<void>[] = []
  const probed: Probed = {
    name: 'web',
    checks: {
      database: () => {
        asked++
        const answer = Promise.withResolvers<void>()
        answers.push(answer)
        return answer.promise
      },
    },
    log: { info() {}, warn() {}, error: (message) => void logged.push(message) },
    delay: () => 0,
    draining: () => false,
  }
  const many = Array.from({ length: 200 }, (_, i) =>
    probe(i % 2 ? '/health' : '/health/ready', { ...probed }),
  )
  expect(asked).toBe(1)
  answers[0]!.reject(new Error('away'))
  expect(new Set((await Promise.all(many)).map((one) => one?.status))).toEqual(new Set([503]))
  expect(logged).toHaveLength(1)
  const later = probe('/health/ready', probed)
  answers[1]!.resolve()
  expect(await later).toMatchObject({ status: 200 })
  expect(asked).toBe(2)
})
