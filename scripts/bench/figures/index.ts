import type { Figure } from '../report.ts'
import type { Stage } from '../stage.ts'
import { client } from './client.ts'
import { connections } from './connections.ts'
import { direct } from './direct.ts'
import { fanout } from './fanout.ts'
import { growth } from './growth.ts'
import { idle } from './idle.ts'
import { large } from './large.ts'
import { nodes } from './nodes.ts'
import { presence } from './presence.ts'
import { resume } from './resume.ts'
import { stalled } from './stalled.ts'

/** @param ms for which each rate is measured @param history messages of the past year */
type Group = (stage: Stage, rounds: number, ms: number, history: number) => Promise<Figure[]>

/** What is measured, group by group. A new one is a file, a line here and one in docs/benchmarks.md. */
export const GROUPS = {
  client,
  connections,
  direct,
  fanout,
  growth,
  idle,
  large,
  nodes,
  presence,
  resume,
  stalled,
} as const satisfies Record<string, Group>
export type GroupName = keyof typeof GROUPS
export const GROUP_NAMES = Object.keys(GROUPS) as GroupName[]
