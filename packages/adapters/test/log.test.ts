import { openLog } from '@parley/adapters/log'
import { openDatabase } from '@parley/db'
import { ParleyError } from '@parley/protocol'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../tests/support/index.ts'

const PRIVATE = 'the merger with Initech is off'

function logged() {
  const lines: string[] = []
  const log = openLog({ process: 'worker', write: (line) => lines.push(line) })
  return { log, text: () => lines.join(''), last: () => JSON.parse(lines.at(-1) ?? '{}') }
}

test('a line is one JSON object that says when, who and what', () => {
  const { log, text, last } = logged()
  log.info('a run of retention is over', { run: '7', messages: 12, conversations: ['1', '2'] })
  expect(text()).toMatch(/^\{.*\}\n$/)
  expect(last()).toMatchObject({
    level: 'info',
    process: 'worker',
    what: 'a run of retention is over',
    run: '7',
    messages: 12,
    conversations: ['1', '2'],
  })
  expect(Date.parse(last().at)).toBeGreaterThan(Date.now() - 60_000)
})

test('whatever is handed in whole stays out, long values are cut, and a line break makes no second line', () => {
  const { log, text, last } = logged()
  log.warn('odd', {
    message: { text: PRIVATE },
    long: 'x'.repeat(5_000),
    lines: 'one\n{"level":"error"}',
    level: 'fake',
  })
  expect(text()).not.toContain(PRIVATE)
  expect(text().trimEnd()).not.toContain('\n')
  expect(last().long.length).toBeLessThan(300)
  expect(last().level).toBe('warn')
})

test('an error is its name, its code and where it happened, not what it says', () => {
  const { log, text, last } = logged()
  log.error('could not be parsed', new SyntaxError(`Unexpected token in "${PRIVATE}"\n    at ${PRIVATE}`))
  expect(text()).not.toContain(PRIVATE)
  expect(last().error.name).toBe('SyntaxError')
  expect(last().error.at[0]).toContain('log.test.ts')
  log.error('odd', PRIVATE)
  expect(text()).not.toContain(PRIVATE)
})

test('sentences of our own and what the system says are told, causes too', () => {
  const { log, last } = logged()
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), {
    code: 'ECONNREFUSED',
    syscall: 'connect',
  })
  log.error('start', new ParleyError('unavailable', 'The database is not answering.'))
  expect(last().error).toMatchObject({ name: 'ParleyError', message: 'The database is not answering.' })
  log.error('start', new Error(PRIVATE, { cause: refused }))
  expect(last().error.message).toBeUndefined()
  expect(last().error.cause).toMatchObject({ code: 'ECONNREFUSED', message: refused.message })
})

test('a row that PostgreSQL refuses is not quoted', async () => {
  const database = await testDatabase()
  const db = openDatabase(database.url, { max: 1 })
  const { log, text, last } = logged()
  await db.sql`SELECT ${PRIVATE}::text::bigint`.catch((error: unknown) => log.error('statement', error))
  expect(last().error).toMatchObject({ code: '22P02' })
  await db.prisma.organisation
    .create({ data: { id: PRIVATE as unknown as bigint } as never })
    .catch((error: unknown) => log.error('statement', error))
  expect(last().error.name).toMatch(/Prisma/)
  expect(text()).not.toContain(PRIVATE)
  await db.close()
  await database.drop()
})
