import { LIMITS, ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { oneLine, oneLineOrNothing } from '../../one-line.ts'
import { ROLES, type Role } from '../../permissions.ts'
import { zEmail } from '../email.ts'
import { readCsv } from './csv.ts'

/** Who is to be invited. */
export type Invitee = { email: string; name: string; title: string; role: Role }
export type ReadRow = { line: number; email: string } & ({ invitee: Invitee } | { bad: string })

/** People of one file. More than this would be a directory, which provisioning is for. */
const MOST_ROWS = 1_000
const COLUMNS = ['email', 'name', 'title', 'role'] as const
type Column = (typeof COLUMNS)[number]
const ALSO_CALLED: Record<string, Column> = {
  'e-mail': 'email',
  mail: 'email',
  'email address': 'email',
  'e-mail address': 'email',
  'full name': 'name',
  'display name': 'name',
  'job title': 'title',
}

const zRow = z.object({
  email: zEmail,
  name: oneLine(LIMITS.personName),
  title: oneLineOrNothing(LIMITS.personName),
  role: z.enum(ROLES, `is not a role: use ${ROLES.join(', ')}`),
})

/**
 * Reads a CSV file of people. The first line may name the columns (email, name, title, role, in any order); without
 * such a line they are in that order. Name, title and role may be missing.
 * @throws ParleyError('bad_input') when there is nobody in it, or too many
 */
export function readInviteRows(csv: string): ReadRow[] {
  const records = readCsv(csv)
  const header = columnsOf(records[0]?.fields ?? [])
  const rows = header ? records.slice(1) : records
  if (rows.length === 0) throw new ParleyError('bad_input', 'There is nobody in this file.', { field: 'csv' })
  if (rows.length > MOST_ROWS)
    throw new ParleyError(
      'bad_input',
      `There are ${rows.length} people in this file: invite at most ${MOST_ROWS} at a time.`,
      { field: 'csv' },
    )
  return rows.map(({ line, fields }) => readRow(line, fields, header ?? [...COLUMNS]))
}

/** The columns by the first line; null when that is a person already. */
function columnsOf(fields: string[]): (Column | null)[] | null {
  const columns = fields.map((field) => {
    const name = field.trim().toLowerCase()
    return COLUMNS.find((column) => column === name) ?? ALSO_CALLED[name] ?? null
  })
  return columns.includes('email') ? columns : null
}

function readRow(line: number, fields: string[], columns: (Column | null)[]): ReadRow {
  const at = (column: Column) => fields[columns.indexOf(column)]?.trim() ?? ''
  const email = at('email')
  const parsed = zRow.safeParse({
    email,
    name: at('name') || nameFrom(email),
    title: at('title'),
    role: at('role').toLowerCase() || 'member',
  })
  if (parsed.success) return { line, email: parsed.data.email, invitee: parsed.data }
  const [issue] = parsed.error.issues
  return { line, email, bad: `${issue?.path.join('.')} ${issue?.message}` }
}

/** What an address says about a name, until its owner says better: `anna.larsson@…` is Anna Larsson. */
export const nameFrom = (email: string): string =>
  (email.split('@')[0] ?? '')
    .split(/[._-]+/)
    .filter(Boolean)
    .map((part) => part[0]!.toUpperCase() + part.slice(1))
    .join(' ')
    .slice(0, LIMITS.personName)
