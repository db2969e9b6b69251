import { writeFileSync } from 'node:fs'
import { CannotStart } from '@parley/devstack'
import { PEERS, type Peer } from './peer.ts'
import type { Figure } from './report.ts'

/** The table of docs/benchmarks.md: a row for each figure, with the numbers of its line. */
export function tableOf(figures: readonly Figure[], peer: Peer = PEERS[0]): string {
  const rows = figures.map((one) => [
    `\`${one.figure}\` (${one.unit})`,
    ...[value(one.value), value(one.limit), ratio(one.ratio), value(one.peer), ratio(one.peerRatio)],
  ])
  const head = ['figure', 'ours', 'limit', 'ratio', peer, 'ratio']
  const lines = [head, ...rows].map((cells) => `| ${cells.join(' | ')} |\n`)
  return lines.toSpliced(1, 0, `|${'---|'.repeat(head.length)}\n`).join('')
}

const value = (of: number | null): string =>
  of === null ? '' : of.toLocaleString('en', { maximumSignificantDigits: 4 })

const ratio = (of: number | null): string =>
  of === null ? '' : of.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/**
 * Where the table is kept while it grows: what was measured in an hour outlives an error in the next one.
 * @throws CannotStart now, and not in an hour, when it cannot be written
 */
export function openTable(file: string, peer: Peer | null): (figures: readonly Figure[]) => void {
  const write = (figures: readonly Figure[]) => writeFileSync(file, tableOf(figures, peer ?? undefined))
  try {
    write([])
  } catch (error) {
    throw new CannotStart(
      `${file} cannot be written (${(error as NodeJS.ErrnoException).code}): name another file.`,
    )
  }
  return write
}
