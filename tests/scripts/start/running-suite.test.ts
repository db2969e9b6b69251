import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { leaveEnvironment, runningSuite } from '../../../scripts/start/running-suite.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'parley-home-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const SUITE = {
  DATABASE_URL: 'postgresql://db/parley',
  REDIS_URL: 'redis://cache',
  PARLEY_SECRET: 's',
  HOME: '/root',
}

test('a tool finds the suite that runs on the same data folder, and nobody else may look', () => {
  const takeAway = leaveEnvironment(home, SUITE)
  expect(statSync(path.join(home, 'environment.json')).mode & 0o777).toBe(0o600)
  const { HOME: _, ...shared } = SUITE
  expect(runningSuite('/checkout', { PARLEY_HOME: home })).toEqual({ ...shared, PARLEY_HOME: home })
  expect(runningSuite('/checkout', { PARLEY_HOME: home, REDIS_URL: 'redis://own' }).REDIS_URL).toBe(
    'redis://own',
  )
  takeAway()
  expect(() => runningSuite('/checkout', { PARLEY_HOME: home })).toThrow(
    `Parley is not running on ${home}: start it with "npm start" first, or set PARLEY_HOME.`,
  )
})

test('a tool that is told everything needs no suite of ours', () => {
  expect(runningSuite('/checkout', { ...SUITE, PARLEY_HOME: home })).toEqual({ ...SUITE, PARLEY_HOME: home })
})
