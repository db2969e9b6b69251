/** One line of the bench. `limit`: the same done by `ws` and `pg` alone, in the same run. `ratio`: value / limit. */
export type Figure = {
  figure: string
  value: number
  unit: string
  limit: number | null
  ratio: number | null
}

const rounded = (value: number): number => Number(value.toPrecision(4))

export function figure(name: string, unit: string, value: number, limit: number | null = null): Figure {
  const ratio = limit === null || limit === 0 ? null : rounded(value / limit)
  return { figure: name, value: rounded(value), unit, limit: limit === null ? null : rounded(limit), ratio }
}

/** The median: of an even number the lower of the two in the middle, which was measured. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN

/** `of` between 0 and 1; `sorted` ascending. */
export const quantile = (sorted: readonly number[], of: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? Number.NaN

export const say = (text: string): void => void process.stderr.write(`${text}\n`)
