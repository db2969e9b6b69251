import { countPeople, type ListedPerson, listPeople as readPage } from '@parley/db/queries/list-people'
import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { ROLES, type Role } from '../permissions.ts'
import { storableText } from '../storable-text.ts'
import { readCursor, writeCursor } from './list-cursor.ts'
import { literally } from './literally.ts'
import type { PersonStatus } from './managed.ts'

const STATUSES = ['active', 'invited', 'imported', 'deactivated'] as const satisfies PersonStatus[]
const PAGE = 50

/** Times in Unix milliseconds. */
export type PersonRow = {
  id: Id
  email: string | null
  name: string
  title: string
  kind: 'person' | 'bot'
  role: Role
  status: PersonStatus
  createdAt: number
  lastActiveAt: number | null
}
export type PeoplePage = {
  people: PersonRow[]
  /** Names the next page; null on the last. */
  next: string | null
  /** Under the text and kind asked for: everybody whom the filters of role and status let through … */
  total: number
  /** … and how many each role and status would show. */
  roles: Record<Role, number>
  statuses: Record<PersonStatus, number>
}

/** Everybody, for administration: filtered, sorted, in pages of at most 200. */
export const listPeople = query({
  name: 'people.list',
  input: z.strictObject({
    text: storableText(80).trim().optional(),
    roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length).optional(),
    statuses: z.array(z.enum(STATUSES)).min(1).max(STATUSES.length).optional(),
    kind: z.enum(['person', 'bot']).optional(),
    sort: z.enum(['name', 'created', 'active']).optional(),
    descending: z.boolean().optional(),
    cursor: z.string().max(1_000).optional(),
    limit: z.int().min(1).max(200).optional(),
  }),
  access: permitted('people.read'),
  limit: 'read',
  tokens: 'never',
  async run({ deps }, input): Promise<PeoplePage> {
    const order = { sort: input.sort ?? 'name', descending: input.descending ?? false } as const
    const limit = input.limit ?? PAGE
    const everyone = {
      text: input.text ? `%${literally(input.text)}%` : null,
      roles: null,
      statuses: null,
      kinds: input.kind ? [input.kind] : null,
    }
    const filter = { ...everyone, roles: input.roles ?? null, statuses: input.statuses ?? null }
    const after = input.cursor ? readCursor(input.cursor, order) : null
    const [rows, counts] = await Promise.all([
      readPage(deps.db.connection, filter, order, after, limit + 1),
      countPeople(deps.db.connection, everyone),
    ])
    const last = rows.length > limit ? rows[limit - 1]! : null
    return {
      people: rows.slice(0, limit).map(toRow),
      next: last && writeCursor({ ...order, sortedBy: last.sorted_by, id: last.id }),
      ...tally(counts, filter),
    }
  },
})

const toRow = ({ created_at, last_active_at, sorted_by: _, ...row }: ListedPerson): PersonRow => ({
  ...(row as Pick<PersonRow, 'id' | 'email' | 'name' | 'title' | 'kind' | 'role' | 'status'>),
  createdAt: created_at.getTime(),
  lastActiveAt: last_active_at?.getTime() ?? null,
})

/** A filter counts what it would show beside the other one. */
function tally(
  counts: { role: string; status: string; people: number }[],
  filter: { roles: Role[] | null; statuses: PersonStatus[] | null },
): Pick<PeoplePage, 'total' | 'roles' | 'statuses'> {
  const inRole = (role: string) => !filter.roles || filter.roles.some((r) => r === role)
  const inStatus = (status: string) => !filter.statuses || filter.statuses.some((s) => s === status)
  const sum = (rows: typeof counts) => rows.reduce((all, row) => all + row.people, 0)
  const each = <K extends string>(keys: readonly K[], of: (key: K) => typeof counts) =>
    Object.fromEntries(keys.map((key) => [key, sum(of(key))])) as Record<K, number>
  return {
    total: sum(counts.filter((c) => inRole(c.role) && inStatus(c.status))),
    roles: each(ROLES, (role) => counts.filter((c) => c.role === role && inStatus(c.status))),
    statuses: each(STATUSES, (status) => counts.filter((c) => c.status === status && inRole(c.role))),
  }
}
