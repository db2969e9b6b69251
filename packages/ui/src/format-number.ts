const plain = new Map<string, Intl.NumberFormat>()

/** A count with the reader's separators. */
export function formatNumber(value: number, locale: string | undefined): string {
  const key = locale ?? ''
  const format = plain.get(key) ?? new Intl.NumberFormat(locale)
  plain.set(key, format)
  return format.format(value)
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Bytes in the largest decimal unit that leaves at least 1, with three significant digits. */
export function formatBytes(bytes: number, locale: string | undefined): string {
  const step = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), byteUnits.length - 1)
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: byteUnits[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumSignificantDigits: 3,
  }).format(bytes / 1000 ** step)
}

/** "1 day", "12 days". `noun`: singular and plural. */
export const formatCount = (
  value: number,
  [one, many]: readonly [string, string],
  locale: string | undefined,
): string => `${formatNumber(value, locale)} ${value === 1 ? one : many}`
