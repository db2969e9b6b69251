import { median } from '../report.ts'
import { inRounds } from './in-rounds.ts'

/**
 * Rounds in which each takes its turn, so that what else happens on this machine is nobody's luck.
 * @returns the median of what one of them reached
 */
export async function inTurns<One, Run>(
  what: string,
  all: readonly One[],
  rounds: number,
  run: (one: One) => Promise<Run>,
): Promise<(one: One, value: (run: Run) => number) => number> {
  const runs = new Map<One, Run[]>(all.map((one) => [one, []]))
  await inRounds(what, rounds, async () => {
    for (const one of all) runs.get(one)!.push(await run(one))
  })
  return (one, value) => median(runs.get(one)!.map(value))
}
