import type { Queryable } from '../../sql.ts'

/**
 * This transaction's commit does not wait for the disk. If the machine loses power the last few batches may be gone,
 * but whole and in order, and their progress with them: the import goes on before them. The first commit after them
 * that does wait makes them durable too.
 */
export const commitLazily = async (connection: Queryable): Promise<void> => {
  await connection.query('SET LOCAL synchronous_commit = off')
}
