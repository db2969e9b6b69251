/** The same numbers every time (mulberry32), so that every sample organisation is the same and tests may name what is in it. */
export function random(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    /** From 0, less than `below`. */
    int: (below: number): number => Math.floor(next() * below),
    chance: (p: number): boolean => next() < p,
    pick: <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!,
  }
}
export type Random = ReturnType<typeof random>
