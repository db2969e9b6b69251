import path from 'node:path'
import { parseArgs } from 'node:util'
import type { UnknownPeople } from '@parley/domain/import/index'

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

/** Asked for in a way that cannot be meant. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'
}

const DECISIONS: readonly string[] = ['refuse', 'placeholder', 'skip'] satisfies UnknownPeople[]

/** `folder`: the one that the person is in, which is not the one that npm runs scripts in. */
export function readArguments(args: string[], folder: string): Wanted {
  const { values, positionals } = parse(args)
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

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        'unknown-people': { type: 'string', default: 'refuse' },
      },
    })
  } catch (error) {
    throw new WrongUsage((error as Error).message)
  }
}
