import { type Measured, SAMPLES } from './protocol.ts'

/** Counts what happens while it is open. */
export function meter() {
  let open = false
  let [acknowledged, delivered, failed] = [0, 0, 0]
  let acknowledgement: number[] = []
  let delivery: number[] = []
  let began = 0
  let cpu = process.cpuUsage()
  const sample = (into: number[], since: number) => {
    if (into.length < SAMPLES) into.push(performance.now() - since)
  }
  return {
    begin() {
      ;[acknowledged, delivered, failed, acknowledgement, delivery] = [0, 0, 0, [], []]
      began = performance.now()
      cpu = process.cpuUsage()
      open = true
    },
    end(): Measured {
      open = false
      const { user, system } = process.cpuUsage(cpu)
      const ascending = (a: number, b: number) => a - b
      return {
        ...{ ms: performance.now() - began, acknowledged, delivered, failed, cpu: user + system },
        acknowledgement: acknowledgement.sort(ascending),
        delivery: delivery.sort(ascending),
      }
    },
    /** `sentAt`: by performance.now() of this process. */
    acknowledged(sentAt: number) {
      if (!open) return
      acknowledged++
      sample(acknowledgement, sentAt)
    },
    delivered(sentAt: number) {
      if (!open) return
      delivered++
      sample(delivery, sentAt)
    },
    failed() {
      if (open) failed++
    },
  }
}
export type Meter = ReturnType<typeof meter>
