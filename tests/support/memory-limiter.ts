import { RATE_LIMITS } from '@parley/domain/limits'
import type { Limiter } from '@parley/domain/ports'

/** The limits themselves, counted in this process in fixed windows: enough where Redis is not the subject. */
export function memoryLimiter(now: () => Date): Limiter {
  const windows = new Map<string, { began: number; taken: number }>()
  return {
    async take(limit, key) {
      const row = RATE_LIMITS[limit]
      if (!row) return null
      const at = now().getTime()
      const window = windows.get(`${limit} ${key}`)
      const current = window && at - window.began < row.seconds * 1_000 ? window : { began: at, taken: 0 }
      current.taken += 1
      windows.set(`${limit} ${key}`, current)
      return current.taken > row.points ? Math.ceil(row.seconds - (at - current.began) / 1_000) : null
    },
    async standing(limit, key) {
      const row = RATE_LIMITS[limit]
      if (!row) return null
      const at = now().getTime()
      const window = windows.get(`${limit} ${key}`)
      const left = window ? row.seconds - (at - window.began) / 1_000 : 0
      const taken = window && left > 0 ? window.taken : 0
      const reset = Math.ceil(left > 0 ? left : row.seconds)
      return { ...row, remaining: Math.max(0, row.points - taken), reset }
    },
  }
}
