import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { CannotStart, leaveNothing } from '@parley/devstack'
import { oneOf, wholeNumber } from './arguments.ts'
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
import { whenAskedToEnd } from './when-asked-to-end.ts'

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
leaveNothing()
whenAskedToEnd((code) => process.exit(code))
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
    const only = values.only.split(',').map((name) => oneOf(Object.keys(GROUPS), name.trim(), 'figure group'))
    const peer = values.peer === undefined ? null : oneOf<Peer>(PEERS, values.peer, 'peer')
    if (peer) findEjabberd()
    return {
      only,
      rounds: wholeNumber(values.rounds, '--rounds'),
      seconds: wholeNumber(values.seconds, '--seconds'),
      history: wholeNumber(values.history, '--history'),
      peer,
    }
  } catch (error) {
    const help = error instanceof CannotStart ? '' : `${USAGE}\n`
    process.stderr.write(`${(error as Error).message}\n${help}`)
    process.exit(2)
  }
}
