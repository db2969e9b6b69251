/** Lines across a chart: few enough to read, at figures that people count in. */
const lines = 4

/** The smallest of 1, 2, 2.5 and 5 times a power of ten that is at least `least`; whole, for what is counted. */
function roundStep(least: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((each) => each >= least * (1 - 1e-9))!
  return whole ? Math.max(1, Math.ceil(step)) : step
}

/** Ticks from 0 to just above the largest value: `ticksFor(830)` is 0, 250, 500, 750, 1000. Never a lone zero. */
export function ticksFor(largest: number, whole = true): number[] {
  const most = Number.isFinite(largest) && largest > 0 ? largest : 1
  const step = roundStep(most / lines, whole)
  const count = Math.max(1, Math.ceil(most / step - 1e-9))
  return Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(12)))
}

/** Which of `count` labels to write when each needs `room` of `width` pixels: the last always, then every so many. */
export function labelsThatFit(count: number, width: number, room: number): number[] {
  const every = Math.max(1, Math.ceil((count * room) / Math.max(room, width)))
  return Array.from({ length: count }, (_, at) => at).filter((at) => (count - 1 - at) % every === 0)
}
