import { ParleyError } from '@parley/protocol'
import { countedAs } from '../client-address.ts'
import type { Deps } from '../deps.ts'

/**
 * Counts a secret that is nobody's against the address that presented it. Secrets that are somebody's are not counted
 * and still work from there: an office behind one address is not shut out by one of its programs.
 * @throws ParleyError('too_many')
 */
export async function countWrongSecret({ limiter }: Pick<Deps, 'limiter'>, address: string): Promise<void> {
  const wait = await limiter.take('badToken', countedAs(address))
  if (wait !== null)
    throw new ParleyError('too_many', `Too many wrong tokens from your address. Try again in ${wait} s.`, {
      retryAfter: wait,
    })
}
