'use client'
import { useMemo } from 'react'
import { useFilters } from '../list/use-filters.ts'
import { type AuditFilter, RESULTS } from './words.ts'

const DAY_MS = 86_400_000

/** The beginning of a day in the reader's zone, in Unix milliseconds; null when it is no day. */
function dayOf(text: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00`).getTime() : Number.NaN
  return Number.isNaN(at) ? null : at
}

/** What the address asks of the log: the same for the list and for an export. */
export function useAuditFilter(known: readonly string[]) {
  const { get, many, set } = useFilters()
  const text = get('q')
  const actions = many('action', known)
  const results = many('result', RESULTS)
  const [actor, kind, target, from, to] = [get('actor'), get('kind'), get('target'), get('from'), get('to')]
  const reads = get('reads') === 'yes'
  const key = JSON.stringify([text, actions, results, actor, kind, target, from, to, reads])
  const filter = useMemo((): AuditFilter => {
    const begins = dayOf(from)
    const ends = dayOf(to)
    return {
      ...(text && { text }),
      ...(actions.length > 0 && { actions: actions as AuditFilter['actions'] }),
      ...(results.length === 1 && { result: results[0] }),
      ...(/^\d+$/.test(actor) && { actor }),
      ...(kind && { entity: { kind, ...(target && { id: target }) } }),
      ...(begins !== null && { from: begins }),
      // the day itself is meant, too
      ...(ends !== null && { to: ends + DAY_MS }),
      ...(reads && { reads }),
    }
  }, [key])
  return { filter, set, get, shown: { text, actions, results, actor, kind, target, from, to, reads } }
}
