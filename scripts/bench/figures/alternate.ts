import { type Figure, figure } from '../report.ts'
import type { Stage } from '../stage.ts'
import { inTurns } from './in-turns.ts'
import { KINDS, type Kind } from './with-crowd.ts'

/** The medians of what each of them reached, side by side. */
type Beside<Run> = (name: string, unit: string, value: (run: Run) => number) => Figure

/** The same on each server, by turns. */
export async function alternate<Run>(
  what: string,
  stage: Stage,
  rounds: number,
  run: (kind: Kind) => Promise<Run>,
): Promise<Beside<Run>> {
  const { peer } = stage
  const of = await inTurns<Kind, Run>(what, peer ? [...KINDS, peer] : KINDS, rounds, run)
  return (name, unit, value) =>
    figure(name, unit, of('parley', value), of('bare', value), peer && of(peer, value))
}
