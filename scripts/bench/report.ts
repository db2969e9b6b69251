/**
 * One line of the bench. `limit`: the same done by `ws` and `pg` alone, in the same run. `ratio`: value / limit.
 * `peer`: the same done by the server that `--peer` names, in the same run. `peerRatio`: value / peer.
 */
export type Figure = {
  figure: string
  value: number
  unit: string
  limit: number | null
  ratio: number | null
  peer: number | null
  peerRatio: number | null
}

const rounded = (value: number): number => Number(value.toPrecision(4))

const besides = (value: number, other: number | null) => ({
  other: other === null ? null : rounded(other),
  ratio: other === null || other === 0 ? null : rounded(value / other),
})

export function figure(
  name: string,
  unit: string,
  value: number,
  limit: number | null = null,
  peer: number | null = null,
): Figure {
  const [toLimit, toPeer] = [besides(value, limit), besides(value, peer)]
  return {
    ...{ figure: name, value: rounded(value), unit },
    ...{ limit: toLimit.other, ratio: toLimit.ratio },
    ...{ peer: toPeer.other, peerRatio: toPeer.ratio },
  }
}

/** The median: of an even number the lower of the two in the middle, which was measured. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN

/** `of` between 0 and 1; `sorted` ascending. */
export const quantile = (sorted: readonly number[], of: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? Number.NaN

export const say = (text: string): void => void process.stderr.write(`${text}\n`)
