import { expect, test } from '@playwright/test'
import { suite } from '../support/suite.ts'

const first = Number(new URL(suite.web).port)
const processes = ['web', 'console', 'realtime 1', 'realtime 2', 'worker', 'file store']

for (const [index, name] of processes.entries()) {
  test(`${name} says that it lives and that it is ready`, async ({ request }) => {
    for (const question of ['live', 'ready']) {
      const answer = await request.get(`http://127.0.0.1:${first + index}/health/${question}`)
      expect(answer.status(), question).toBe(200)
    }
  })
}
