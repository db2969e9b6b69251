import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const queries = path.join(import.meta.dirname, '../src/queries')

/** A statement with a name is planned once a connection; what takes whichever `Sql` may be handed one that does so, too. */
const KEEPS_PLANS = /\bname: '\w+'|: Sql\b/
const STAR = /\b(?:SELECT|RETURNING)\s+(?:DISTINCT\s+)?\*|\b\w+\.\*/i
/** Its columns are named beside it. */
const RECORDSET = /SELECT \* FROM json_to_recordset\(/g

const isAtRisk = (source: string) => KEEPS_PLANS.test(source) && STAR.test(source.replace(RECORDSET, ''))

test('statements whose plans are kept name their columns, or a migration would break every connection of the version before', () => {
  const sources = globSync('**/*.ts', { cwd: queries }).map((file) => ({
    file,
    source: readFileSync(path.join(queries, file), 'utf8'),
  }))
  expect(sources.filter(({ source }) => isAtRisk(source)).map(({ file }) => file)).toEqual([])
  // or this test is looking at the wrong folder
  expect(sources.filter(({ source }) => KEEPS_PLANS.test(source)).length).toBeGreaterThan(20)
})

test.each([
  ["{ name: 'members', text: 'SELECT * FROM memberships' }", true],
  ['(sql: Sql) => sql`SELECT DISTINCT m.* FROM memberships m`', true],
  ["{ name: 'join', text: `INSERT INTO memberships VALUES ($1)\n  RETURNING *` }", true],
  ['(sql: Sql) => sql`SELECT count(*), sum(2 * seq) FROM memberships`', false],
  ["query('SELECT * FROM memberships')", false],
])('%s', (source, risk) => {
  expect(isAtRisk(source)).toBe(risk)
})
