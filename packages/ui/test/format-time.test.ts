import { describe, expect, it } from 'vitest'
import { formatDay, formatRelative } from '../src/format-time.ts'

const now = new Date('2026-03-10T23:30:00Z')

describe('days and moments', () => {
  it('calls a day today by the reader’s zone, not the server’s', () => {
    const message = new Date('2026-03-10T14:30:00Z')
    expect(formatDay(message, now, 'en', 'UTC')).toBe('Today')
    expect(formatDay(message, now, 'en', 'Asia/Tokyo')).toBe('Yesterday')
  })

  it('names the year only when it is another one', () => {
    expect(formatDay(new Date('2026-03-02T12:00:00Z'), now, 'en-GB', 'UTC')).toBe(
      'Monday, 2 March'.replace(',', ''),
    )
    expect(formatDay(new Date('2025-03-03T12:00:00Z'), now, 'en-GB', 'UTC')).toContain('2025')
  })

  it('speaks the reader’s language', () => {
    expect(formatDay(now, now, 'de', 'UTC')).toBe('Heute')
    expect(formatRelative(new Date(now.getTime() - 10 * 60_000), now, 'en')).toBe('10 minutes ago')
    expect(formatRelative(new Date(now.getTime() - 5_000), now, 'en')).toBe('now')
  })
})
