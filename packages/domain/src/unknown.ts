import type { Deps } from './deps.ts'
import { within } from './within.ts'

/** A page waits no longer than this for a part: a Redis that hangs says nothing for five seconds, each time. */
const PATIENCE_MS = 1_000

/**
 * For pages that are there to say what is wrong: a part that is away must not take the rest with it.
 * @param what as the log names it: "the queue"
 * @returns null when it fails or does not answer in time, which the log has
 */
export async function orNull<T>(
  what: string,
  read: () => Promise<T>,
  { log }: Pick<Deps, 'log'>,
): Promise<T | null> {
  try {
    return await within(PATIENCE_MS, read())
  } catch (e) {
    log.error(`${what} could not be read for a page`, e)
    return null
  }
}
