import { randomInt } from 'node:crypto'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { CannotStart, leaveNothing, temporaryFolder } from '@parley/devstack'
import { oneOf, positive } from './arguments.ts'
import { BROKEN, BROKEN_NAMES, type Broken } from './chaos/broken/index.ts'
import { canHappen, FAULT_NAMES, type FaultName } from './chaos/faults/index.ts'
import { type Ran, runChaos } from './chaos/run.ts'
import { REDIS_FORMS, type RedisForm } from './chaos/stage/redis.ts'
import { build } from './start/build.ts'
import { whenAskedToEnd } from './when-asked-to-end.ts'

/**
 * `npm run chaos`: real processes, people who talk, and everything that may go wrong; then a checker that takes all
 * histories. Progress on standard error, the summary on standard output; exit code 1 when something was found.
 */
const USAGE = `npm run chaos -- [--minutes 2] [--seed S] [--only ${FAULT_NAMES.slice(0, 2).join(',')},…] [--broken ${BROKEN_NAMES.join('|')}]
  [--redis ${REDIS_FORMS.join('|')}] [--no-pages] [--people 50] [--pace 1500] [--round 30] [--logs FOLDER]
Faults: ${FAULT_NAMES.join(' ')}`

const root = path.dirname(import.meta.dirname)
const wanted = readArguments()
leaveNothing()
whenAskedToEnd((code) => process.exit(code))
const began = performance.now()
const said = (line: string) =>
  process.stderr.write(`${((performance.now() - began) / 1_000).toFixed(1).padStart(7)}  ${line}\n`)
if (wanted.pages) await buildPages()
const ran = await runChaos({ ...wanted, said })
process.stdout.write(`${summary(ran)}\n`)
process.exit(ran.findings.length > 0 ? 1 : 0)

async function buildPages(): Promise<void> {
  const logs = temporaryFolder('chaos-build')
  said('the web client is built where a source has changed since')
  try {
    await build({
      root,
      logs: logs.path,
      only: 'web',
      detail: () => {},
      signal: new AbortController().signal,
    })
    logs.remove()
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error
    // it names the log
    logs.keep()
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

function summary({ findings, rounds, injected, counts }: Ran): string {
  const faults = FAULT_NAMES.map((name) => `  ${name.padEnd(20)} ${injected[name] ?? 0}`)
  const did = Object.entries(counts).map(([name, count]) => `${count} ${name}`)
  return [
    `${rounds} rounds with ${wanted.people} people: ${did.join(', ')}.`,
    'Faults:',
    ...faults,
    findings.length === 0 ? 'Nothing was found.' : `${findings.length} findings:`,
    ...findings.map((finding) => `  ${finding}`),
  ].join('\n')
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        minutes: { type: 'string', default: '2' },
        seed: { type: 'string', default: String(randomInt(1_000_000)) },
        only: { type: 'string' },
        broken: { type: 'string' },
        people: { type: 'string', default: '50' },
        pace: { type: 'string', default: '1500' },
        round: { type: 'string', default: '30' },
        logs: { type: 'string' },
        redis: { type: 'string', default: 'single' },
        'no-pages': { type: 'boolean', default: false },
      },
    })
    const broken =
      values.broken === undefined ? null : oneOf<Broken>(BROKEN_NAMES, values.broken, 'broken build')
    const redis = oneOf<RedisForm>(REDIS_FORMS, values.redis, 'form of Redis')
    const usual: readonly FaultName[] = broken ? BROKEN[broken] : FAULT_NAMES
    return {
      minutes: positive(values.minutes, '--minutes'),
      seed: positive(values.seed, '--seed'),
      faults:
        values.only?.split(',').map((name) => faultCalled(name.trim(), redis)) ??
        usual.filter((name) => canHappen(name, redis)),
      broken,
      pages: !values['no-pages'],
      redis,
      // what a broken build does not bring never comes
      ...(broken ? { patienceMs: 15_000 } : {}),
      people: positive(values.people, '--people'),
      paceMs: positive(values.pace, '--pace'),
      seconds: positive(values.round, '--round'),
      ...(values.logs ? { logs: values.logs } : {}),
    }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${USAGE}\n`)
    process.exit(2)
  }
}

function faultCalled(name: string, redis: RedisForm): FaultName {
  const fault = oneOf<FaultName>(FAULT_NAMES, name, 'fault')
  if (canHappen(fault, redis)) return fault
  throw new Error(`${fault} needs --redis single: no wire stands before several servers.`)
}
