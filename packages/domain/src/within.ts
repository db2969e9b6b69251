/** There was no answer in time; there may be one later, which nobody waits for. */
export class Late extends Error {
  override readonly name = 'Late'
}

/**
 * Waits for an answer, and no longer than `ms` milliseconds.
 * @throws Late, or what the answer fails with
 */
export async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Late(`no answer within ${ms} ms`)), ms)
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
