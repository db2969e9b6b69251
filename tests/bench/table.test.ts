import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { CannotStart } from '@parley/devstack'
import { expect, onTestFinished, test } from 'vitest'
import { type Figure, figure } from '../../scripts/bench/report.ts'
import { openTable, tableOf } from '../../scripts/bench/table.ts'

const HEAD = `| figure | ours | limit | ratio | ejabberd | ratio |
|---|---|---|---|---|---|
`

test('a row for each figure: thousands with commas, ratios with two digits, nothing where there is nothing', () => {
  const figures = [
    figure('direct.rate', 'messages/s, 1,000 in flight', 11_994.4, 26_310, 1_606),
    figure('fanout.1000.cpu', 'µs of the server per delivery', 0.928, 1.3, 46),
    figure('growth.members.100.node', 'µs of the server per message; beside it: 10', 433.6, 482.9),
    figure('stalled.growth', 'bytes resident more', 12_345_678),
  ]
  expect(tableOf(figures)).toBe(`${HEAD}\
| \`direct.rate\` (messages/s, 1,000 in flight) | 11,990 | 26,310 | 0.46 | 1,606 | 7.47 |
| \`fanout.1000.cpu\` (µs of the server per delivery) | 0.928 | 1.3 | 0.71 | 46 | 0.02 |
| \`growth.members.100.node\` (µs of the server per message; beside it: 10) | 433.6 | 482.9 | 0.90 |  |  |
| \`stalled.growth\` (bytes resident more) | 12,350,000 |  |  |  |  |
`)
})

test('the column of whoever else was measured is called by their name', () => {
  expect(tableOf([], 'ejabberd-without-archive')).toContain('| ratio | ejabberd-without-archive | ratio |')
})

test('the table in docs/benchmarks.md is as the command writes it', () => {
  const docs = readFileSync(path.join(import.meta.dirname, '../../docs/benchmarks.md'), 'utf8')
  const table = docs.slice(docs.indexOf(HEAD))
  const figures = table.slice(HEAD.length).trim().split('\n').map(readRow)
  expect(figures.length).toBeGreaterThan(20)
  expect(table).toBe(tableOf(figures))
})

function readRow(row: string): Figure {
  const [name, ...cells] = row
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim())
  const [, figure, unit] = /^`(.+?)` \((.+)\)$/.exec(name!)!
  const [value, limit, ratio, peer, peerRatio] = cells.map((cell) =>
    cell === '' ? null : Number(cell.replaceAll(',', '')),
  )
  return {
    figure: figure!,
    unit: unit!,
    value: value!,
    limit: limit!,
    ratio: ratio!,
    peer: peer!,
    peerRatio: peerRatio!,
  }
}

test('the table grows with what has been measured, and a place where it cannot is told before anything is', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-table-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'table.md')
  const write = openTable(file, null)
  expect(readFileSync(file, 'utf8')).toBe(HEAD)
  write([figure('idle.bytes', 'bytes', 5_488, 3_675)])
  expect(readFileSync(file, 'utf8')).toBe(`${HEAD}| \`idle.bytes\` (bytes) | 5,488 | 3,675 | 1.49 |  |  |\n`)
  const nowhere = path.join(folder, 'no/such/table.md')
  expect(() => openTable(nowhere, null)).toThrow(
    new CannotStart(`${nowhere} cannot be written (ENOENT): name another file.`),
  )
})
