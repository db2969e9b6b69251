import path from 'node:path'
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'

/** Asked for in a way that cannot be meant: one sentence that says what is allowed. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'
}

/** Both included. */
export type Range = { least: number; most: number }

export const inRange = ({ least, most }: Range): string => `from ${least} to ${most}`

/**
 * Reads a command line. `--help` prints the usage and ends with 0; what is a WrongUsage is told, with how the command is
 * called, and ends with 2.
 * @param usage how the command is called, an empty line, and what everything means
 */
export function readOrExit<Wanted>(
  usage: string,
  args: readonly string[],
  read: (args: string[]) => Wanted,
): Wanted {
  if (args.includes('--help')) {
    process.stdout.write(`${usage}\n`)
    process.exit(0)
  }
  try {
    return read([...args])
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error
    const [call] = usage.split('\n\n')
    process.stderr.write(`${error.message}\n\n${call}\n\nWith --help it says what each of them means.\n`)
    process.exit(2)
  }
}

/** As `parseArgs` of Node. @throws WrongUsage in its words */
export function parse<O extends ParseArgsOptionsConfig>(
  args: string[],
  options: O,
  allowPositionals = false,
) {
  try {
    return parseArgs({ args: joined(args), options, allowPositionals })
  } catch (error) {
    // what follows the first sentence is advice on arguments that begin with a dash, of which there are none
    throw new WrongUsage(`${(error as Error).message.split(/[.\n]/)[0]}.`)
  }
}

const NEGATIVE = /^-\d/

/** A number below 0 is a value, which says what is wrong better than an option that nobody knows. */
const joined = (args: readonly string[]): string[] =>
  args.flatMap((arg, at) => {
    if (NEGATIVE.test(arg)) return at === 0 ? [arg] : []
    const next = args[at + 1] ?? ''
    return NEGATIVE.test(next) ? [`${arg}=${next}`] : [arg]
  })

/** @throws WrongUsage */
export function wholeNumber(text: string, name: string, range: Range): number {
  if (/^\d+$/.test(text) && within(Number(text), range)) return Number(text)
  throw new WrongUsage(`${name} is "${text}": it must be a whole number ${inRange(range)}.`)
}

/** Whole or with a fraction. @throws WrongUsage */
export function number(text: string, name: string, range: Range): number {
  if (/^\d+(\.\d+)?$/.test(text) && within(Number(text), range)) return Number(text)
  throw new WrongUsage(`${name} is "${text}": it must be a number ${inRange(range)}.`)
}

const within = (value: number, { least, most }: Range): boolean => value >= least && value <= most

/** @throws WrongUsage */
export function oneOf<T extends string>(all: readonly T[], name: string, what: string): T {
  const found = all.find((one) => one === name)
  if (found === undefined) throw new WrongUsage(`There is no ${what} "${name}": there is ${all.join(', ')}.`)
  return found
}

/** Several of them, with commas between. @throws WrongUsage */
export const someOf = <T extends string>(all: readonly T[], names: string, what: string): T[] =>
  names.split(',').map((name) => oneOf(all, name.trim(), what))

/** A file or folder as seen from where the person is: npm runs its scripts in the root. */
export const placeOf = (name: string): string => path.resolve(process.env.INIT_CWD ?? process.cwd(), name)
