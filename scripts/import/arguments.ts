import path from 'node:path'
import type { UnknownPeople } from '@parley/domain/import/index'
import { parse, WrongUsage } from '../arguments.ts'

export const USAGE = `npm run import -- slack FILE.zip [--dry-run] [--unknown-people=refuse|placeholder|skip]

  slack FILE.zip     the zip that Slack made of a workspace ("Export data"), as it was downloaded
  --dry-run          reads all of it, says what would happen, and writes nothing
  --unknown-people   what to do with messages of people whom the export does not list:
                     refuse the import (unless told otherwise), keep them under a placeholder, or skip them`

export type Wanted = {
  readonly file: string
  readonly dryRun: boolean
  readonly unknownPeople: UnknownPeople
}

const DECISIONS: readonly string[] = ['refuse', 'placeholder', 'skip'] satisfies UnknownPeople[]

const OPTIONS = {
  'dry-run': { type: 'boolean', default: false },
  'unknown-people': { type: 'string', default: 'refuse' },
} as const

/** `folder`: the one that the person is in, which is not the one that npm runs scripts in. @throws WrongUsage */
export function readArguments(args: string[], folder: string): Wanted {
  const { values, positionals } = parse(args, OPTIONS, true)
  const [system, file, ...more] = positionals
  if (system !== 'slack')
    throw new WrongUsage(system ? `"${system}" exports cannot be read.` : 'Say what to import.')
  if (file === undefined) throw new WrongUsage('Name the zip to import.')
  if (more.length > 0) throw new WrongUsage('Name one zip only.')
  const decision = values['unknown-people']
  if (!DECISIONS.includes(decision)) throw new WrongUsage(`--unknown-people cannot be "${decision}".`)
  return {
    file: path.resolve(folder, file),
    dryRun: values['dry-run'],
    unknownPeople: decision as UnknownPeople,
  }
}
