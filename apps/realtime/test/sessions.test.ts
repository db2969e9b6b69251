import type { Database } from '@parley/db'
import { expect, test } from 'vitest'
import { BOUNDS } from '../src/delivery/bounds.ts'
import { sessions } from '../src/delivery/sessions.ts'
import type { Connection } from '../src/gateway/connection.ts'

test('bob comes in while thousands of sessions are checked, and does not wait for them', async () => {
  let questions = 0
  async function query({ values: [asked] }: { values: [string[]] }) {
    questions++
    await new Promise(setImmediate)
    return { rows: asked.map((session) => ({ session, name: 'somebody', role: 'member' })) }
  }
  const { check, standing } = sessions({ connection: { query } } as unknown as Database)
  const inside = Array.from({ length: BOUNDS.asked * 10 }, (_, i) => ({
    stage: { at: 'inside', actor: { session: String(i) } },
  }))
  const checked = check(inside as unknown as Connection[], () => {})
  expect(await standing('bob')).toMatchObject({ session: 'bob' })
  expect(questions).toBeLessThan(5)
  await checked
  expect(questions).toBe(11)
})
