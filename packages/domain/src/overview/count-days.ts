import {
  countDay,
  countedDays,
  daysBetween,
  keepDay,
  nameOfDay,
} from '@parley/db/queries/overview/daily-figures'
import { z } from 'zod'
import { systemOnly } from '../access.ts'
import { command } from '../command.ts'

const DAY_MS = 86_400_000
/** How far back the overview looks, today included. */
export const DAYS = 30

/** Counts the days that are over and not counted yet. For the schedule; may be called as often as it likes. */
export const countDays = command({
  name: 'overview.countDays',
  input: z.strictObject({}),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: { none: 'it only counts' },
  async run({ tx, deps }): Promise<{ counted: number }> {
    const now = deps.now().getTime()
    const from = now - (DAYS - 1) * DAY_MS
    const known = new Set((await countedDays(tx.sql, from)).map(({ day }) => day))
    const missing = daysBetween(from, now - DAY_MS).filter((day) => !known.has(nameOfDay(day)))
    for (const day of missing) await keepDay(tx.sql, await countDay(tx.sql, day))
    return { counted: missing.length }
  },
})
