import type { Sql } from '@parley/db'
import { ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { readSettings } from '../../settings/read.ts'
import { type Whose, weakness } from './weakness.ts'

const LONGEST = 256

export const zPassword = z
  .string()
  .min(1, 'must not be empty')
  .max(LONGEST, `must be at most ${LONGEST} characters`)

/** @throws ParleyError('refused_by_policy') with the reason, about `field` */
export async function requireStrong(
  sql: Sql,
  password: string,
  whose: Whose,
  field = 'password',
): Promise<void> {
  const settings = await readSettings(sql)
  const reason = weakness(password, whose, settings['passwords.minimumLength'])
  if (reason) throw new ParleyError('refused_by_policy', reason, { field })
}
