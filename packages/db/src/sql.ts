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
  async <Row extends object>(text: TemplateStringsArray, ...values: unknown[]) =>
    (
      await connection.query(
        text.reduce((all, part, i) => `${all}$${i}${part}`),
        values,
      )
    ).rows as Row[]
