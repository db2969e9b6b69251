import { duration } from '../../duration.ts'
import { say } from '../report.ts'

/**
 * One round after another. Which it is, and about how long the others take, is said before each.
 * @param what the group, and which part of it if it has several
 */
export async function inRounds(
  what: string,
  rounds: number,
  round: () => Promise<void>,
  now: () => number = () => performance.now(),
): Promise<void> {
  const began = now()
  for (let done = 0; done < rounds; done++) {
    const each = (now() - began) / 1_000 / done
    const left = done === 0 ? '' : `, about ${duration(each * (rounds - done))} left`
    say(`  ${what}: round ${done + 1} of ${rounds}${left}`)
    await round()
  }
}
