const MINUTE_MS = 60_000

/** When what somebody chose ends by itself. */
export const ENDS = ['none', 'half-hour', 'hour', 'today', 'week'] as const
export type End = (typeof ENDS)[number]

export const endWords = {
  none: 'Until I change it',
  'half-hour': '30 minutes',
  hour: '1 hour',
  today: 'Today',
  week: 'This week',
} satisfies Record<End, string>

/**
 * Unix milliseconds; null for what does not end. Today ends at the reader's own midnight, the week with Sunday
 * (ISO 8601).
 */
export function endAt(end: End, now: Date): number | null {
  const midnight = (days: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).getTime()
  switch (end) {
    case 'none':
      return null
    case 'half-hour':
      return now.getTime() + 30 * MINUTE_MS
    case 'hour':
      return now.getTime() + 60 * MINUTE_MS
    case 'today':
      return midnight(1)
    case 'week':
      return midnight(8 - (now.getDay() || 7))
  }
}
