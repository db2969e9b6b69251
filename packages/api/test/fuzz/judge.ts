import { ERRORS, jsonOf } from '@parley/protocol'
import { expect } from 'vitest'
import { type Asked, INSIDES } from '../../../../tests/support/hostile-http.ts'
import type { Answered } from './office.ts'

/** What is said of an error is for people: it is never as long as what was sent. */
const SENTENCE = 600
/** The longest answer to anything. */
const ANSWER_BYTES = 4 * 1_048_576
/** Holds one answer against what every answer is: named, short, with a way out, and nothing of our insides. */
export function judge(asked: Asked, answered: Answered): void {
  const { status, text } = answered
  const what = JSON.stringify({
    ...asked,
    body: asked.body?.toString().slice(0, 2_000),
    status,
    text: text.slice(0, 2_000),
  })
  expect(status, what).toBeLessThan(500)
  expect(text.length, what).toBeLessThan(ANSWER_BYTES)
  if (status < 400 || asked.method === 'HEAD') return
  expect(text, what).not.toMatch(INSIDES)
  const said = jsonOf(text) ?? expect.fail(what)
  for (const one of Array.isArray(said) ? said : [said]) {
    if (!('error' in one)) continue
    const { code, message } = one.error.data ?? one.error
    expect(Object.keys(ERRORS), what).toContain(code)
    expect(message.length, what).toBeGreaterThan(10)
    expect(message.length, what).toBeLessThan(SENTENCE)
  }
}
