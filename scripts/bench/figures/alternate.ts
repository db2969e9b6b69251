import { type Figure, figure, median } from '../report.ts'
import type { Stage } from '../stage.ts'
import { KINDS, type Kind } from './with-crowd.ts'

/** The medians of what each of them reached, side by side. */
type Beside<Run> = (name: string, unit: string, value: (run: Run) => number) => Figure

/** Rounds alternate between the servers, so that what else happens on this machine is nobody's luck. */
export async function alternate<Run>(
  stage: Stage,
  rounds: number,
  run: (kind: Kind) => Promise<Run>,
): Promise<Beside<Run>> {
  const runs = new Map<Kind, Run[]>()
  const kinds = stage.peer ? [...KINDS, stage.peer] : KINDS
  for (let round = 0; round < rounds; round++)
    for (const kind of kinds) runs.set(kind, [...(runs.get(kind) ?? []), await run(kind)])
  return (name, unit, value) => {
    const of = (kind: Kind) => median(runs.get(kind)!.map(value))
    return figure(name, unit, of('parley'), of('bare'), stage.peer && of(stage.peer))
  }
}
