import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Office, openOffice } from './office.ts'

/** Calls that cannot be read as calls: each is told what it should have been. */
let office: Office
let headers: Record<string, string>
beforeAll(async () => {
  office = await openOffice()
  headers = await office.browser('mallory', 'owner')
})
afterAll(() => office.close())

const TRPC = '/api/trpc'
const keys = (many: number) => `{${Array.from({ length: many }, (_, i) => `"k${i}":0`).join(',')}}`
const again = (many: number) => Array(many).fill('people.me').join(',')

const REFUSALS: [
  string,
  string,
  string,
  string | undefined,
  Record<string, string>,
  number,
  string,
  string,
][] = [
  ['a procedure that is none', 'POST', `${TRPC}/__proto__`, '{}', {}, 404, 'not_found', 'no such procedure'],
  ['a change asked by GET', 'GET', `${TRPC}/messages.send`, undefined, {}, 405, 'wrong_method', 'POST'],
  ['a question sent by POST', 'POST', `${TRPC}/people.list`, '{}', {}, 405, 'wrong_method', 'GET'],
  ['half an object', 'POST', `${TRPC}/messages.send`, '{', {}, 400, 'bad_input', 'JSON'],
  [
    'a thousand calls at once',
    'POST',
    `${TRPC}/${again(1_000)}?batch=1`,
    '{}',
    {},
    400,
    'bad_input',
    'at most 20',
  ],
  [
    'text',
    'POST',
    `${TRPC}/messages.send`,
    'x',
    { 'content-type': 'text/plain' },
    400,
    'bad_input',
    'Send JSON',
  ],
  [
    'a packed body',
    'POST',
    `${TRPC}/messages.send`,
    '{}',
    { 'content-encoding': 'gzip' },
    400,
    'bad_input',
    'as it is',
  ],
  [
    'more than a request may hold',
    'POST',
    `${TRPC}/messages.send`,
    'x'.repeat(1_100_000),
    {},
    413,
    'too_large',
    '1048576',
  ],
  ['an address with half a sign', 'GET', `${TRPC}/%ff`, undefined, {}, 400, 'bad_input', 'cannot be read'],
  ['another method', 'PATCH', '/api/session/sign-in', '{}', {}, 405, 'wrong_method', 'takes POST, not PATCH'],
  ['an address of nothing', 'GET', '/api/none', undefined, {}, 404, 'not_found', 'nothing at this address'],
]

test.each(REFUSALS)('%s is refused by name', async (_, method, path, body, more, status, code, says) => {
  const { text, ...answered } = await office.ask({
    method,
    path,
    ...(body && { body }),
    headers: { ...headers, ...more },
  })
  const [said] = [JSON.parse(text)].flat()
  const { code: named, message } = said.error.data ?? said.error
  expect([answered.status, named, message]).toEqual([status, code, expect.stringContaining(says)])
})

test('mallory sends ninety thousand keys, and is not sent them back', async () => {
  const name = '"name":"Fleet"'
  const { status, text } = await office.ask({
    ...{ method: 'POST', path: `${TRPC}/organisation.rename`, headers },
    body: keys(90_000).replace('{', `{${name},`),
  })
  expect(status).toBe(400)
  expect(JSON.parse(text).error.data).toMatchObject({
    code: 'bad_input',
    message: expect.stringContaining('k0'),
  })
  expect(text.length).toBeLessThan(2_000)
})
