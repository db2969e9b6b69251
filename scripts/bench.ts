import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { CannotStart } from '@parley/devstack'
import { findEjabberd } from './bench/ejabberd/find-ejabberd.ts'
import { client } from './bench/figures/client.ts'
import { connections } from './bench/figures/connections.ts'
import { direct } from './bench/figures/direct.ts'
import { fanout } from './bench/figures/fanout.ts'
import { growth } from './bench/figures/growth.ts'
import { idle } from './bench/figures/idle.ts'
import { large } from './bench/figures/large.ts'
import { nodes } from './bench/figures/nodes.ts'
import { presence } from './bench/figures/presence.ts'
import { resume } from './bench/figures/resume.ts'
import { stalled } from './bench/figures/stalled.ts'
import { PEERS, type Peer } from './bench/peer.ts'
import { type Figure, say } from './bench/report.ts'
import { openStage, type Stage } from './bench/stage.ts'

/**
 * `npm run bench`: one line of JSON for each figure on standard output, what is being done on standard error.
 * Everything, the load too, runs on this machine: compare ratios, and CPU rather than time where others use it too.
 */
const GROUPS: Record<
  string,
  (stage: Stage, rounds: number, ms: number, history: number) => Promise<Figure[]>
> = {
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
}
const USAGE = `npm run bench -- [--only ${Object.keys(GROUPS).join(',')}] [--rounds 3] [--seconds 8] [--history 10000000] [--peer ${PEERS.join('|')}]`

const wanted = readArguments()
say(
  `On ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}: medians of ${wanted.rounds} rounds.`,
)
const figures: Figure[] = []
for (const name of wanted.only) {
  say(`${name} …`)
  const stage = await openStage(wanted.peer)
  try {
    for (const one of await GROUPS[name]!(stage, wanted.rounds, wanted.seconds * 1_000, wanted.history)) {
      process.stdout.write(`${JSON.stringify(one)}\n`)
      figures.push(one)
    }
  } finally {
    await stage.close()
  }
}
process.exit(figures.length > 0 ? 0 : 1)

type Wanted = { only: string[]; rounds: number; seconds: number; history: number; peer: Peer | null }

function readArguments(): Wanted {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string', default: Object.keys(GROUPS).join(',') },
        rounds: { type: 'string', default: '3' },
        seconds: { type: 'string', default: '8' },
        history: { type: 'string', default: '10000000' },
        peer: { type: 'string' },
      },
    })
    const only = values.only.split(',').map((name) => name.trim())
    const strange = only.find((name) => !Object.hasOwn(GROUPS, name))
    if (strange !== undefined) throw new Error(`There is no figure group "${strange}".`)
    const peer = values.peer === undefined ? null : peerCalled(values.peer)
    return {
      only,
      rounds: positive(values.rounds, '--rounds'),
      seconds: positive(values.seconds, '--seconds'),
      history: positive(values.history, '--history'),
      peer,
    }
  } catch (error) {
    const help = error instanceof CannotStart ? '' : `${USAGE}\n`
    process.stderr.write(`${(error as Error).message}\n${help}`)
    process.exit(2)
  }
}

function peerCalled(name: string): Peer {
  const peer = PEERS.find((one) => one === name)
  if (!peer) throw new Error(`There is no peer "${name}".`)
  findEjabberd()
  return peer
}

function positive(text: string, name: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new Error(`${name} must be a whole number from 1 on, not "${text}".`)
}
