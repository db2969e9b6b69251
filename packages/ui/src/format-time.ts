export type TimeStyle = 'time' | 'day' | 'short' | 'precise'

const options = {
  time: { hour: 'numeric', minute: '2-digit' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  short: { day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' },
  precise: { dateStyle: 'full', timeStyle: 'long' },
} satisfies Record<TimeStyle, Intl.DateTimeFormatOptions>

/** Formatters are costly to make; a page uses a handful of languages, zones and styles. */
const formatters = new Map<string, Intl.DateTimeFormat>()

/** A moment in the reader's language and zone. */
export function formatTime(at: Date, style: TimeStyle, locale?: string, timeZone?: string): string {
  const key = `${style} ${locale} ${timeZone}`
  const format = formatters.get(key) ?? new Intl.DateTimeFormat(locale, { ...options[style], timeZone })
  formatters.set(key, format)
  return format.format(at)
}

const minute = 60_000
const steps = [
  { below: 60 * minute, size: minute, unit: 'minute' },
  { below: 24 * 60 * minute, size: 60 * minute, unit: 'hour' },
  { below: 14 * 24 * 60 * minute, size: 24 * 60 * minute, unit: 'day' },
] as const

/** "10 minutes ago", "in 2 hours"; past a fortnight, the date itself. */
export function formatRelative(at: Date, now: Date, locale?: string, timeZone?: string): string {
  const distance = at.getTime() - now.getTime()
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  if (Math.abs(distance) < minute) return relative.format(0, 'second')
  const step = steps.find(({ below }) => Math.abs(distance) < below)
  return step
    ? relative.format(Math.trunc(distance / step.size), step.unit)
    : formatTime(at, 'short', locale, timeZone)
}

/** The heading over a day's messages: today, yesterday, Monday 3 March, and the year once it is another one. */
export function formatDay(at: Date, now: Date, locale?: string, timeZone?: string): string {
  const key = (date: Date) =>
    new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone }).format(date).slice(0, 10)
  const days = Math.round((Date.parse(key(at)) - Date.parse(key(now))) / (24 * 60 * minute))
  if (days === 0 || days === -1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1)
  }
  if (key(at).slice(0, 4) === key(now).slice(0, 4)) return formatTime(at, 'day', locale, timeZone)
  return new Intl.DateTimeFormat(locale, { ...options.day, year: 'numeric', timeZone }).format(at)
}
