import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { WrongUsage } from '../../scripts/arguments.ts'
import { readArguments as readBench } from '../../scripts/bench/arguments.ts'
import { readArguments as readChaos } from '../../scripts/chaos/arguments.ts'
import { readArguments as readFuzz } from '../../scripts/fuzz/arguments.ts'
import { readArguments as readStart } from '../../scripts/start/arguments.ts'

const root = path.join(import.meta.dirname, '../..')
const READ = { bench: readBench, chaos: readChaos, fuzz: readFuzz, start: readStart }

describe('what cannot be meant is one sentence that says what is allowed', () => {
  test.each<[keyof typeof READ, string[], string]>([
    ['chaos', ['--minutes', '-1'], '--minutes is "-1": it must be a number from 0 to 10080.'],
    ['chaos', ['--minutes=ten'], '--minutes is "ten": it must be a number from 0 to 10080.'],
    ['chaos', ['--seed', '1.5'], '--seed is "1.5": it must be a whole number from 0 to 2147483647.'],
    ['chaos', ['--people', '1000000'], '--people is "1000000": it must be a whole number from 3 to 500.'],
    ['chaos', ['--people', '2'], '--people is "2": it must be a whole number from 3 to 500.'],
    ['chaos', ['--pace', '0'], '--pace is "0": it must be a whole number from 20 to 60000.'],
    ['chaos', ['--round', '1e9'], '--round is "1e9": it must be a whole number from 2 to 3600.'],
    ['chaos', ['--redis', 'ring'], 'There is no form of Redis "ring": there is single, cluster, sentinel.'],
    ['bench', ['--rounds', '0'], '--rounds is "0": it must be a whole number from 1 to 100.'],
    ['bench', ['--seconds', '0.5'], '--seconds is "0.5": it must be a whole number from 1 to 600.'],
    [
      'bench',
      ['--history', '99999'],
      '--history is "99999": it must be a whole number from 100000 to 100000000.',
    ],
    ['fuzz', ['--minutes', '0'], '--minutes is "0": it must be a number from 0.1 to 10080.'],
    ['fuzz', ['--seed', ''], '--seed is "": it must be a whole number from 0 to 2147483647.'],
    [
      'fuzz',
      ['--only', 'frames,mail'],
      'There is no fuzzer "mail": there is frames, polls, procedures, rest.',
    ],
    ['start', ['--realtime', '65'], '--realtime is "65": it must be a whole number from 1 to 64.'],
    ['start', ['--realtime', 'all'], '--realtime is "all": it must be a whole number from 1 to 64.'],
    ['start', ['--dmeo'], "Unknown option '--dmeo'."],
    ['start', ['demo'], "Unexpected argument 'demo'."],
  ])('%s %j', (command, args, sentence) => {
    expect(() => READ[command](args)).toThrow(new WrongUsage(sentence))
  })
})

test('the seed that a run printed is taken, whichever it was', () => {
  expect(readChaos(['--seed', '0']).seed).toBe(0)
  expect(readFuzz(['--seed', '0']).seed).toBe(0)
})

test('faults and groups are named with commas between, and spaces if somebody likes', () => {
  expect(readChaos(['--only', 'kill-node, pause-redis']).faults).toEqual(['kill-node', 'pause-redis'])
  expect(readBench(['--only', 'idle,direct']).only).toEqual(['idle', 'direct'])
})

/** As a person calls it, without npm. */
const call = (file: string, ...args: string[]) => {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, 'scripts', file), ...args],
    {
      ...{ cwd: root, encoding: 'utf8', env, timeout: 25_000 },
    },
  )
  return { status, stdout, stderr }
}

const COMMANDS = [
  ['start.mjs', 'npm start'],
  ['test.ts', 'npm test'],
  ['chaos.ts', 'npm run chaos'],
  ['bench.ts', 'npm run bench'],
  ['fuzz.ts', 'npm run fuzz'],
  ['import.ts', 'npm run import'],
] as const

test.each(COMMANDS)('%s --help says how it is called, and that is no failure', (file, name) => {
  const { status, stdout, stderr } = call(file, '--help')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(new RegExp(`^${name}\\b`))
  expect(stdout.trim().split('\n').length).toBeGreaterThan(3)
})

test.each(COMMANDS)('%s with what it does not know ends with 2, and says how it is called', (file, name) => {
  const { status, stdout, stderr } = call(file, '--no-such-thing')
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(new RegExp(`^Unknown option '--no-such-thing'\\.\n\n${name}\\b`))
})

test('a number out of range ends chaos before anything is started', () => {
  const { status, stderr } = call('chaos.ts', '--round', '1e9', '--minutes', '1')
  expect(status).toBe(2)
  expect(stderr.split('\n')[0]).toBe('--round is "1e9": it must be a whole number from 2 to 3600.')
})
