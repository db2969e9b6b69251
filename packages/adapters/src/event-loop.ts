import { monitorEventLoopDelay } from 'node:perf_hooks'

const EVERY_MS = 1_000
/** How finely the histogram looks; it counts that in, so that what is late is what is beyond it. */
const RESOLUTION_MS = 20

export type EventLoop = {
  /** Milliseconds by which 99 of 100 things that were due ran late at most, within the last whole second. */
  delay(): number
  close(): void
}

/** Watches how late this process runs what is due: what overload looks like from within. */
export function watchEventLoop(): EventLoop {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  histogram.enable()
  let delay = 0
  const timer = setInterval(() => {
    // a second in which nothing was sampled has no percentile
    const p99 = histogram.count > 0 ? histogram.percentile(99) / 1e6 : RESOLUTION_MS
    delay = Math.max(0, Math.round((p99 - RESOLUTION_MS) * 10) / 10)
    histogram.reset()
  }, EVERY_MS)
  timer.unref()
  return {
    delay: () => delay,
    close() {
      clearInterval(timer)
      histogram.disable()
    },
  }
}
