import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openHome } from '../../../scripts/start/home.ts'
import { openLog } from '../../../scripts/start/log-file.ts'

let folder: string
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'parley-home-')), 'data')
})
afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }))

test('the secret is made once, for its owner’s eyes only', () => {
  const first = openHome(folder)
  expect(first.fresh).toBe(true)
  expect(statSync(first.at('secret')).mode & 0o777).toBe(0o600)
  const second = openHome(folder)
  expect(second.fresh).toBe(false)
  expect(second.secret).toBe(first.secret)
  expect(second.passwordFor('redis')).toBe(first.passwordFor('redis'))
  expect(second.passwordFor('redis')).not.toBe(first.passwordFor('postgres'))
})

test('data whose secret is gone are left alone', () => {
  mkdirSync(path.join(folder, 'postgres'), { recursive: true })
  expect(() => openHome(folder)).toThrow(/has data but no longer the secret/)
})

test('a folder that cannot be made is named', () => {
  writeFileSync(folder, '')
  expect(() => openHome(path.join(folder, 'deeper'))).toThrow(/cannot be made \(ENOTDIR\): set PARLEY_HOME/)
})

test('a process that never stops talking fills at most two files', () => {
  const { logs } = openHome(folder)
  const log = openLog(logs, 'worker', 1_000)
  for (let count = 0; count < 500; count += 1) log(`line ${count} of a very talkative process`)
  const [current, before] = ['worker.log', 'worker.1.log'].map((name) =>
    readFileSync(path.join(logs, name), 'utf8'),
  )
  expect(current?.length).toBeLessThan(1_100)
  expect(before?.length).toBeLessThan(1_100)
  expect(current).toContain('line 499 ')
})
