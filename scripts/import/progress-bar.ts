import { duration } from '../duration.ts'

type Screen = { write(text: string): unknown; isTTY?: boolean }

const WIDTH = 30
/** How often a terminal is drawn anew, and how often anything else gets a line. */
const REDRAW_MS = 100
const LINE_MS = 5_000

export type ProgressBar = {
  /** `done` of `total`, in the bar's unit. */
  at(done: number, total: number): void
  end(): void
}

/**
 * A bar with rate and time left on a terminal; elsewhere a plain line every few seconds. The rate counts from the
 * first call, so that what an earlier run had done is not taken for speed.
 */
export function progressBar(
  screen: Screen,
  title: string,
  unit: string,
  now: () => number = () => performance.now(),
): ProgressBar {
  const live = screen.isTTY === true && !process.env.CI && process.env.TERM !== 'dumb'
  let begun: { at: number; done: number } | null = null
  let drawn = Number.NEGATIVE_INFINITY
  let last = { done: 0, total: 0 }
  let shown = -1

  const draw = () => {
    const { done, total } = last
    shown = done
    const passed = Math.max((now() - begun!.at) / 1_000, 0.001)
    const rate = (done - begun!.done) / passed
    const share = total === 0 ? 1 : done / total
    const figures = `${count(done)} of ${count(total)} ${unit}`
    const speed = rate > 0 ? `, ${count(rate)}/s` : ''
    const left = rate > 0 && done < total ? `, ${duration((total - done) / rate)} left` : ''
    const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░')
    screen.write(
      live
        ? `\r\x1b[2K${title} ${bar} ${figures}${speed}${left}`
        : `${title.trimEnd()}: ${figures}${speed}${left}\n`,
    )
  }
  return {
    at(done, total) {
      last = { done, total }
      begun ??= { at: now(), done }
      if (now() - drawn < (live ? REDRAW_MS : LINE_MS)) return
      drawn = now()
      draw()
    },
    end() {
      if (begun === null) return
      if (live || shown !== last.done) draw()
      if (live) screen.write('\n')
    },
  }
}

export const count = (value: number): string => Math.round(value).toLocaleString('en')
