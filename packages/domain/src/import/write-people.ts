import {
  findImportedPeople,
  type ImportedPerson,
  insertImportedPeople,
  rememberImportKeys,
} from '@parley/db/queries/import/people'
import type { Id } from '@parley/protocol'
import type { ImportRun } from './import-context.ts'
import type { PlannedPerson } from './plan-people.ts'

export type WrittenPeople = {
  /** Who everybody is here, by key. */
  readonly ids: ReadonlyMap<string, Id>
  readonly added: number
  /** Were here already, and were recognised by their address. */
  readonly linked: number
}

/** Adds the people who are not here yet, all at once. Those who are keep their names, addresses and roles. */
export function writePeople(run: ImportRun, planned: readonly PlannedPerson[]): Promise<WrittenPeople> {
  return run.step({}, async (tx) => {
    const people = planned.map(toRow)
    const found = await findImportedPeople(tx.sql, people)
    const ids = new Map(found.map(({ asked, id }) => [asked, id]))
    const linked = found.filter(({ by }) => by === 'email').map(({ asked, id }) => ({ key: asked, id }))
    await rememberImportKeys(tx.sql, linked)
    const missing = people.filter(({ key }) => !ids.has(key))
    await insertImportedPeople(tx.connection, missing)
    for (const { key, id } of missing) ids.set(key, id)
    return { ids, added: missing.length, linked: linked.length }
  })
}

const toRow = ({
  key,
  id,
  name,
  email,
  title,
  kind,
  timeZone,
  deactivated,
}: PlannedPerson): ImportedPerson => ({
  key,
  id,
  name,
  email,
  title,
  kind,
  timezone: timeZone,
  status: deactivated ? 'deactivated' : 'imported',
})
