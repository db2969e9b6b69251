import { createHash } from 'node:crypto'
import type pg from 'pg'

/** What a hand-written statement may be run on: the pool, or the connection of a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>

/**
 * Runs one statement. Values become parameters, never text:
 *
 *   const people = await sql<{ id: Id }>`SELECT id FROM people WHERE email = ${email}`
 *
 * bigint columns arrive as decimal strings, integers as numbers, timestamptz as Date.
 */
export type Sql = <Row extends object>(text: TemplateStringsArray, ...values: unknown[]) => Promise<Row[]>

export const sqlOn =
  (connection: Queryable): Sql =>
  async <Row extends object>(parts: TemplateStringsArray, ...values: unknown[]) =>
    (await connection.query(textOf(parts), values)).rows as Row[]

/**
 * The same, planned once a connection instead of each time: for what is asked for everybody who arrives. Its columns
 * are named, since `*` would mean others once a migration has been, which a plan that is kept does not survive.
 */
export const preparedOn =
  (connection: Queryable): Sql =>
  async <Row extends object>(parts: TemplateStringsArray, ...values: unknown[]) =>
    (await connection.query({ ...statementOf(parts), values })).rows as Row[]

const textOf = (parts: TemplateStringsArray): string => parts.reduce((all, part, i) => `${all}$${i}${part}`)

const statements = new WeakMap<TemplateStringsArray, { name: string; text: string }>()

/** By what it says, so that processes of two versions may share the connections of a pooler. */
function statementOf(parts: TemplateStringsArray): { name: string; text: string } {
  let statement = statements.get(parts)
  if (!statement) {
    const text = textOf(parts)
    statement = { name: createHash('sha256').update(text).digest('base64url').slice(0, 22), text }
    statements.set(parts, statement)
  }
  return statement
}
