import type { Deps } from './deps.ts'

/**
 * For pages that are there to say what is wrong: a part that is away must not take the rest with it.
 * @param what as the log names it: "the queue"
 * @returns null when it does not answer, which the log has
 */
export async function orNull<T>(
  what: string,
  read: () => Promise<T>,
  { log }: Pick<Deps, 'log'>,
): Promise<T | null> {
  try {
    return await read()
  } catch (e) {
    log.error(`${what} could not be read for a page`, e)
    return null
  }
}
